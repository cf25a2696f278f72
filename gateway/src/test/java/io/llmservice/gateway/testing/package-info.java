/** Fakes that tests of the gateway share: clients and upstreams on raw sockets, and the simplest of decisions. */
@NullMarked
package io.llmservice.gateway.testing;

import org.jspecify.annotations.NullMarked;
