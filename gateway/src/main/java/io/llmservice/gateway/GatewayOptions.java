package io.llmservice.gateway;

import io.llmservice.gateway.http.ServerOptions;
import java.time.Duration;

/**
 * How a gateway runs.
 *
 * @param server where clients come in
 * @param adminPort where health and metrics are; 0 takes any that is free
 * @param drainDelay between the moment that it is not ready any more and the moment that it takes nothing new: what
 *     sends it clients must hear of it first
 * @param grace how long requests in hand may then go on
 */
public record GatewayOptions(ServerOptions server, int adminPort, Duration drainDelay, Duration grace) {}
