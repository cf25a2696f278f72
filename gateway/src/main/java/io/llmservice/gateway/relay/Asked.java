package io.llmservice.gateway.relay;

import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.route.ServiceKey;
import java.util.Optional;

/**
 * What a client asks, before its body is looked at.
 *
 * @param api which of the API's routes
 * @param service the service that the path names
 * @param bearer the API key that came with it
 */
public record Asked(ApiRoute api, Optional<ServiceKey> service, Optional<String> bearer) {}
