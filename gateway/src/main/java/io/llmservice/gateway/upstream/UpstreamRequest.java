package io.llmservice.gateway.upstream;

import io.llmservice.gateway.request.ApiRoute;
import io.llmservice.gateway.request.RequestScan;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/**
 * What is sent.
 *
 * @param route which of the API's routes
 * @param headers the client's headers that may be passed on; neither credentials nor hop-by-hop headers are among them
 * @param body the whole body, as the upstream is to get it
 * @param scan what is known of the body
 * @param firstByteTimeout how long the upstream may take to the head of its response
 */
public record UpstreamRequest(
        ApiRoute route, MultiMap headers, Buffer body, RequestScan scan, Duration firstByteTimeout) {}
