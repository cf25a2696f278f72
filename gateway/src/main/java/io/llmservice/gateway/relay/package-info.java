/** How one request gets its answer: attempt after attempt until one has a first byte, then the bytes as they come. */
@NullMarked
package io.llmservice.gateway.relay;

import org.jspecify.annotations.NullMarked;
