package io.llmservice.gateway.standalone;

import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands in for readiness where there is no cluster: asks each server of the file for {@code /health} now and then, and
 * swaps the table when one comes or goes. A server without that path is ready while it answers anything below 500.
 */
public final class UpstreamChecks {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient client;
    private final Routes routes;
    private final AtomicBoolean running = new AtomicBoolean();

    private UpstreamChecks(Vertx vertx, Routes routes) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setKeepAlive(false));
        this.routes = routes;
    }

    /** Checks from now on, as often as said, until Vert.x ends. */
    public static void start(Vertx vertx, Routes routes, Duration every) {
        var checks = new UpstreamChecks(vertx, routes);
        vertx.setPeriodic(every.toMillis(), id -> checks.checkAll());
    }

    private void checkAll() {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        var answers = new HashMap<String, Future<Boolean>>();
        for (ServiceRoute route : routes.table().services()) {
            route.pods().forEach(pod -> answers.computeIfAbsent(pod.uid(), uid -> check(pod)));
        }
        Future.join(List.copyOf(answers.values())).onComplete(all -> {
            running.set(false);
            swap(answers);
        });
    }

    private Future<Boolean> check(PodEndpoint pod) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(pod.host())
                .setPort(pod.port())
                .setURI("/health")
                .setTimeout(PATIENCE.toMillis());
        return client.request(options)
                .compose(request -> request.send().map(HttpClientResponse::statusCode))
                .map(status -> status < 500)
                .otherwise(false);
    }

    private void swap(Map<String, Future<Boolean>> answers) {
        boolean changed = false;
        var next = new ArrayList<ServiceRoute>();
        for (ServiceRoute route : routes.table().services()) {
            var pods = new ArrayList<PodEndpoint>();
            for (PodEndpoint pod : route.pods()) {
                Future<Boolean> answer = answers.get(pod.uid());
                boolean ready = answer == null ? pod.ready() : answer.result();
                changed |= ready != pod.ready();
                pods.add(new PodEndpoint(pod.name(), pod.uid(), pod.host(), pod.port(), ready, pod.draining()));
            }
            next.add(route.withPods(pods));
        }
        if (changed) {
            routes.swap(RouteTable.of(next));
        }
    }
}
