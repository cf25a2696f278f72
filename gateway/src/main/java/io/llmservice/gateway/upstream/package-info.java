/** How one request is sent to one pod or target, and how its answer comes back as bytes. */
@NullMarked
package io.llmservice.gateway.upstream;

import org.jspecify.annotations.NullMarked;
