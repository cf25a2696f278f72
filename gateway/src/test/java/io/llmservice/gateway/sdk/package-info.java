/** OpenAI's own SDKs against the gateway's program, as users run both. */
@NullMarked
package io.llmservice.gateway.sdk;

import org.jspecify.annotations.NullMarked;
