package io.llmservice.gateway.limits;

import io.llmservice.api.v1alpha1.ApiKeysSpec;
import io.llmservice.gateway.limits.ServiceLimits.Grant;
import io.llmservice.gateway.limits.ServiceLimits.Request;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Lets in who presents a key of the service, as long as the limits have room.
 *
 * <p>Each of N live replicas allows one Nth of a limit. Rates are buckets that hold a minute's worth: over any time of m
 * minutes at most m + 1 times the limit is let in, all replicas together, and tokens beyond that by what answers under way
 * use more than estimated, which is paid back before more is let in. A replica's share is at least one request, and one
 * stream where any is allowed, so a limit smaller than N can be exceeded up to N, and streams by at most N − 1. While
 * replicas disagree on N, after one came or went, they allow the sum of the shares that they see.
 */
public final class ServiceAdmission implements Admission {

    private static final int USUAL_ANSWER = 1000;
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final Map<String, ServiceLimits> services = new ConcurrentHashMap<>();
    private final ApiKeys keys;
    private final IntSupplier replicas;
    private final InstantSource clock;

    /**
     * @param routes tells which services are gone
     * @param replicas how many replicas of the gateway are alive, this one too
     */
    public ServiceAdmission(Routes routes, ApiKeys keys, IntSupplier replicas, InstantSource clock) {
        this.keys = keys;
        this.replicas = replicas;
        this.clock = clock;
        routes.listen(table -> services.keySet()
                .retainAll(table.services().stream().map(ServiceRoute::uid).collect(Collectors.toSet())));
    }

    @Override
    public Result admit(ServiceRoute route, Optional<String> bearer, RequestScan scan) {
        return switch (identify(route, bearer)) {
            case Identity.Unknown unknown -> new Result.Refused(unknown.refusal());
            case Identity.Known known -> measure(route, known.keyId(), scan);
        };
    }

    @Override
    public boolean maySee(ServiceRoute route, Optional<String> bearer) {
        return identify(route, bearer) instanceof Identity.Known;
    }

    private Result measure(ServiceRoute route, Optional<String> keyId, RequestScan scan) {
        long estimate = Math.ceilDiv(scan.promptCharacters(), CHARACTERS_PER_TOKEN)
                + (long) Math.max(0, scan.maxTokens().orElse(USUAL_ANSWER));
        var request = new Request(scan.stream(), estimate);
        ServiceLimits limits = limits(route);
        int live = Math.max(1, replicas.getAsInt());
        return switch (limits.take(route.gateway().limits(), keyId, request, live, clock.instant())) {
            case Grant.Yes yes -> new Result.Admitted(new Held(limits, yes.held(), request, keyId));
            case Grant.No no ->
                new Result.Refused(Refusal.passing(
                        429,
                        "rate_limit_exceeded",
                        "rate_limit_exceeded",
                        "The limit of " + no.exceeded().limit() + " is reached. Ask again in "
                                + no.exceeded().seconds() + " s, or have the limit raised in spec.gateway.limits.",
                        no.exceeded().seconds()));
        };
    }

    private Identity identify(ServiceRoute route, Optional<String> bearer) {
        ApiKeysSpec spec = route.gateway().apiKeys();
        if (spec == null) {
            return new Identity.Known(Optional.empty());
        }
        Optional<Map<String, String>> known = keys.keys(route);
        if (known.isEmpty()) {
            return new Identity.Unknown(Refusal.passing(
                    503,
                    "service_unavailable",
                    "api_keys_unreadable",
                    "The API keys of model " + route.model()
                            + " cannot be read, so nobody is let in. Its administrator must see"
                            + " that Secret " + spec.secretRef().name() + " exists in namespace "
                            + route.key().namespace() + " and that the gateway may read it.",
                    10));
        }
        Optional<String> id = bearer.flatMap(limits(route).ring(known.get())::id);
        return id.isPresent()
                ? new Identity.Known(id)
                : new Identity.Unknown(Refusal.of(
                        401,
                        "invalid_request_error",
                        "invalid_api_key",
                        bearer.isPresent()
                                ? "The API key is not one of model " + route.model()
                                        + ". Ask its administrator for a key."
                                : "Model " + route.model()
                                        + " wants an API key. Send it as Authorization: Bearer KEY."));
    }

    private ServiceLimits limits(ServiceRoute route) {
        return services.computeIfAbsent(route.uid(), uid -> new ServiceLimits());
    }

    /** Who asks. */
    private sealed interface Identity {

        record Known(Optional<String> keyId) implements Identity {}

        record Unknown(Refusal refusal) implements Identity {}
    }

    private static final class Held implements Permit {
        private final ServiceLimits limits;
        private final List<Meter> meters;
        private final Request request;
        private final Optional<String> keyId;
        private final AtomicBoolean ended = new AtomicBoolean();

        Held(ServiceLimits limits, List<Meter> meters, Request request, Optional<String> keyId) {
            this.limits = limits;
            this.meters = meters;
            this.request = request;
            this.keyId = keyId;
        }

        @Override
        public Optional<String> keyId() {
            return keyId;
        }

        @Override
        public void end(Usage usage) {
            if (ended.compareAndSet(false, true)) {
                limits.settle(meters, request, usage);
            }
        }
    }
}
