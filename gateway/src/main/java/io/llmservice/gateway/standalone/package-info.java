/** A gateway without a cluster: routes from a file, and pods that are only addresses. */
@NullMarked
package io.llmservice.gateway.standalone;

import org.jspecify.annotations.NullMarked;
