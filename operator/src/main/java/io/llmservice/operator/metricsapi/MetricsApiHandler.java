package io.llmservice.operator.metricsapi;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsExchange;
import io.llmservice.operator.metricsapi.access.Authentication;
import io.llmservice.operator.metricsapi.access.Authorizer;
import io.llmservice.operator.metricsapi.access.FrontProxy;
import io.llmservice.operator.metricsapi.access.MetricAccess;
import io.llmservice.operator.metricsapi.access.User;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a request through authentication, authorization and the query, and writes the reply. */
final class MetricsApiHandler implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsApiHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<Optional<FrontProxy>> frontProxy;
    private final Authorizer authorizer;
    private final MetricQueries queries;
    private final MeterRegistry meters;

    /** @param frontProxy empty as long as it is not known whom to trust: nobody, then */
    MetricsApiHandler(
            Supplier<Optional<FrontProxy>> frontProxy,
            Authorizer authorizer,
            MetricQueries queries,
            MeterRegistry meters) {
        this.frontProxy = frontProxy;
        this.authorizer = authorizer;
        this.queries = queries;
        this.meters = meters;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Timer.Sample timer = Timer.start(meters);
        try (exchange) {
            Reply reply = replySafely(exchange);
            timer.stop(Timer.builder("llmservice.metricsapi.requests")
                    .description("Requests to the custom metrics API")
                    .tag("code", Integer.toString(reply.code()))
                    .register(meters));
            write(exchange, reply);
        }
    }

    /** The outermost edge: whatever goes wrong inside is this request's failure only. */
    private Reply replySafely(HttpExchange exchange) {
        try {
            return reply(exchange);
        } catch (RuntimeException failure) {
            LOG.atError().setCause(failure).log("A request to the metrics API failed");
            return Reply.internalError("the metrics API failed; its log says why");
        }
    }

    private Reply reply(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET")) {
            return Reply.methodNotAllowed();
        }
        Route route;
        Map<String, String> parameters;
        try {
            route = Route.of(
                    Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse(""));
            parameters = Route.parameters(
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
        } catch (IllegalArgumentException malformed) {
            return Reply.badRequest("the path or query is not properly encoded");
        }
        if (route instanceof Route.Health) {
            return Reply.ok(Map.of("status", "ok"));
        }
        Optional<FrontProxy> proxy = frontProxy.get();
        if (proxy.isEmpty()) {
            return Reply.unavailable("the metrics API does not know the front proxy yet");
        }
        return switch (proxy.get().authenticate(clientChain(exchange), exchange.getRequestHeaders())) {
            case Authentication.Refused refused -> Reply.unauthorized(refused.reason());
            case Authentication.Authenticated authenticated -> replyTo(authenticated.user(), route, parameters);
        };
    }

    private Reply replyTo(User user, Route route, Map<String, String> parameters) {
        return switch (route) {
            case Route.Health health -> throw new IllegalStateException("answered before authentication");
            case Route.Groups groups -> Reply.ok(Discovery.groups());
            case Route.Group group -> Reply.ok(Discovery.group());
            case Route.Resources resources -> Reply.ok(Discovery.resources(resources.version()));
            case Route.OpenApiV2 openApi -> Reply.ok(Discovery.openApiV2());
            case Route.OpenApiV3 openApi -> Reply.ok(Discovery.openApiV3());
            case Route.Metric metric -> metric(user, metric, parameters);
            case Route.Unknown unknown -> Reply.notFound("the server could not find the requested resource");
        };
    }

    private Reply metric(User user, Route.Metric query, Map<String, String> parameters) {
        MetricAccess access = new MetricAccess(query.version().text(), query.namespace(), query.pod(), query.metric());
        return switch (authorizer.decide(user, access)) {
            case ALLOWED -> queries.answer(query, parameters);
            case DENIED -> Reply.forbidden(denial(user, query));
            case UNDECIDED -> Reply.internalError("the API server did not say whether this is allowed");
        };
    }

    /** The API server's own words, which people search for. */
    private static String denial(User user, Route.Metric query) {
        return "pods.%s \"%s\" is forbidden: User \"%s\" cannot get resource \"pods/%s\" in API group \"%s\" in the namespace \"%s\""
                .formatted(
                        ApiVersion.GROUP,
                        query.pod(),
                        user.name(),
                        query.metric(),
                        ApiVersion.GROUP,
                        query.namespace());
    }

    private static List<X509Certificate> clientChain(HttpExchange exchange) {
        try {
            Certificate[] chain = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates();
            return Arrays.stream(chain).map(X509Certificate.class::cast).toList();
        } catch (SSLPeerUnverifiedException anonymous) {
            return List.of();
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = JSON.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Cache-Control", "no-cache, private");
        if (reply.code() == 405) {
            exchange.getResponseHeaders().set("Allow", "GET");
        }
        exchange.sendResponseHeaders(reply.code(), body.length);
        exchange.getResponseBody().write(body);
    }
}
