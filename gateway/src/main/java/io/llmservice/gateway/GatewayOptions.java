package io.llmservice.gateway;

import io.llmservice.gateway.http.ServerOptions;
import java.time.Duration;

/**
 * How a gateway runs.
 *
 * @param server where clients come in
 * @param adminPort where health and metrics are; 0 takes any that is free
 * @param grace how long requests in hand may go on once it is asked to end
 */
public record GatewayOptions(ServerOptions server, int adminPort, Duration grace) {}
