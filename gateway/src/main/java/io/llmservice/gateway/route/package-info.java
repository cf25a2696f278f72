/** What the gateway knows of the services: one immutable table, swapped whole when the cluster or the file changes. */
@NullMarked
package io.llmservice.gateway.route;

import org.jspecify.annotations.NullMarked;
