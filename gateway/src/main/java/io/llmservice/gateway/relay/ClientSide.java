package io.llmservice.gateway.relay;

import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.http.HttpServerRequest;

/** A request that was let in: who waits for it, which service it is for, and the permit that must be ended. */
record ClientSide(HttpServerRequest request, ServiceRoute route, Admission.Permit permit) {}
