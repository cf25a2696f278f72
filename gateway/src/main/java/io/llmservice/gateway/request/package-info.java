/** What is read of a request before anything is decided, and the errors that clients get in OpenAI's shape. */
@NullMarked
package io.llmservice.gateway.request;

import org.jspecify.annotations.NullMarked;
