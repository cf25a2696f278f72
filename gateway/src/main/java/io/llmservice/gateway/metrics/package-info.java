/** What the gateway counts, per service and upstream; never per prompt or key. */
@NullMarked
package io.llmservice.gateway.metrics;

import org.jspecify.annotations.NullMarked;
