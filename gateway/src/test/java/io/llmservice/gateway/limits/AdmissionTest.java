package io.llmservice.gateway.limits;

import static io.llmservice.gateway.policy.Given.request;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.withGateway;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.ApiKeysSpec;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.LimitsSpec;
import io.llmservice.api.v1alpha1.RateLimits;
import io.llmservice.api.v1alpha1.SecretReference;
import io.llmservice.gateway.limits.Admission.Permit;
import io.llmservice.gateway.limits.Admission.Result;
import io.llmservice.gateway.policy.SetClock;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is let in, and how much. */
class AdmissionTest {

    private static final Map<String, String> KEYS = Map.of("alice", "sk-alice\n", "bob", "sk-bob", "empty", "");

    private final SetClock clock = new SetClock();
    private Optional<Map<String, String>> keys = Optional.of(KEYS);
    private int replicas = 1;
    private final Admission admission = new ServiceAdmission(new Routes(), route -> keys, () -> replicas, clock);

    @Test
    void aServiceWithoutKeysIsOpen() {
        ServiceRoute open = route(false, null, null, Map.of());

        assertThat(admitted(open, Optional.empty()).keyId()).isEmpty();
        assertThat(admission.maySee(open, Optional.empty())).isTrue();
    }

    @Test
    void onlyAKeyOfTheServiceIsLetIn() {
        ServiceRoute closed = route(true, null, null, Map.of());

        assertThat(admitted(closed, Optional.of("sk-alice")).keyId()).contains("alice");
        for (var bearer :
                List.of(Optional.<String>empty(), Optional.of(""), Optional.of("sk-alic"), Optional.of("alice"))) {
            Refusal refusal = refused(closed, bearer);
            assertThat(refusal.status()).isEqualTo(401);
            assertThat(refusal.code()).isEqualTo("invalid_api_key");
            assertThat(refusal.retryAfterSeconds()).isEmpty();
            assertThat(admission.maySee(closed, bearer)).isFalse();
        }
    }

    @Test
    void aKeyThatIsTakenAwayIsRefusedFromTheNextRequestOn() {
        ServiceRoute closed = route(true, null, null, Map.of());
        admitted(closed, Optional.of("sk-bob"));

        keys = Optional.of(Map.of("alice", "sk-alice"));

        assertThat(refused(closed, Optional.of("sk-bob")).status()).isEqualTo(401);
    }

    @Test
    void keysThatCannotBeReadLetNobodyIn() {
        keys = Optional.empty();
        ServiceRoute closed = route(true, null, null, Map.of());

        Refusal refusal = refused(closed, Optional.of("sk-alice"));

        assertThat(refusal.status()).isEqualTo(503);
        assertThat(refusal.message()).contains("Secret chat-keys exists in namespace team");
        assertThat(admission.maySee(closed, Optional.of("sk-alice"))).isFalse();
    }

    @Test
    void requestsAMinuteAreHeldAndComeBackWithTime() {
        ServiceRoute route = route(false, new RateLimits(60, null, null), null, Map.of());
        for (int i = 0; i < 60; i++) {
            admitted(route, Optional.empty());
        }
        Refusal refusal = refused(route, Optional.empty());
        assertThat(refusal.status()).isEqualTo(429);
        assertThat(refusal.code()).isEqualTo("rate_limit_exceeded");
        assertThat(refusal.retryAfterSeconds()).contains(1);

        clock.passSeconds(1);

        admitted(route, Optional.empty());
        refused(route, Optional.empty());
    }

    @Test
    void tokensAreReservedByEstimateAndChargedAsUsed() {
        // 100 in and at most 100 out each.
        ServiceRoute route = route(false, new RateLimits(null, 400L, null), null, Map.of());
        Permit first = admitted(route, Optional.empty());
        Permit second = admitted(route, Optional.empty());
        assertThat(refused(route, Optional.empty()).retryAfterSeconds()).contains(30);

        first.end(new Usage(100, 0, false));
        refused(route, Optional.empty());
        second.end(new Usage(100, 0, false));
        admitted(route, Optional.empty());
    }

    @Test
    void whatWasUsedBeyondTheEstimateIsPaidBackFirst() {
        ServiceRoute route = route(false, new RateLimits(null, 400L, null), null, Map.of());
        admitted(route, Optional.empty()).end(new Usage(100, 700, false));

        clock.passSeconds(60);
        refused(route, Optional.empty());
        clock.passSeconds(30);
        admitted(route, Optional.empty());
    }

    @Test
    void streamsAtOnceAreHeldUntilOneEnds() {
        ServiceRoute route = route(false, new RateLimits(null, null, 1), null, Map.of());
        Permit stream = admitted(route, Optional.empty());
        refused(route, Optional.empty());
        assertThat(admission.admit(route, Optional.empty(), request(false, 4, 4, PrefixBlocks.NONE)))
                .as("not a stream")
                .isInstanceOf(Result.Admitted.class);

        stream.end(Usage.NONE);
        stream.end(Usage.NONE);

        admitted(route, Optional.empty());
        refused(route, Optional.empty());
    }

    @Test
    void eachKeyHasItsOwnLimitAndOneNamedByIdReplacesIt() {
        ServiceRoute route =
                route(true, null, new RateLimits(1, null, null), Map.of("bob", new RateLimits(2, null, null)));
        admitted(route, Optional.of("sk-alice"));
        admitted(route, Optional.of("sk-bob"));
        admitted(route, Optional.of("sk-bob"));

        assertThat(refused(route, Optional.of("sk-alice")).message()).contains("1 requests a minute for API key alice");
        assertThat(refused(route, Optional.of("sk-bob")).message()).contains("2 requests a minute for API key bob");
    }

    @Test
    void eachOfSeveralReplicasAllowsItsShare() {
        replicas = 3;
        ServiceRoute route = route(false, new RateLimits(30, null, 6), null, Map.of());
        Permit first = admitted(route, Optional.empty());
        admitted(route, Optional.empty());
        assertThat(refused(route, Optional.empty()).message()).contains("6 streams at once");
        first.end(Usage.NONE);
        for (int i = 0; i < 8; i++) {
            admitted(route, Optional.empty()).end(Usage.NONE);
        }
        assertThat(refused(route, Optional.empty()).message()).contains("30 requests a minute");
    }

    private Permit admitted(ServiceRoute route, Optional<String> bearer) {
        Result result = admission.admit(route, bearer, request());
        assertThat(result).isInstanceOf(Result.Admitted.class);
        return ((Result.Admitted) result).permit();
    }

    private Refusal refused(ServiceRoute route, Optional<String> bearer) {
        Result result = admission.admit(route, bearer, request());
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).refusal();
    }

    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    private static ServiceRoute route(
            boolean closed, @Nullable RateLimits service, @Nullable RateLimits key, Map<String, RateLimits> keys) {
        var apiKeys = closed ? new ApiKeysSpec(new SecretReference("chat-keys")) : null;
        var limits = new LimitsSpec(service, key, keys);
        return withGateway(
                service(List.of(), Optional.empty()), new GatewaySpec(apiKeys, limits, null, null, null, null));
    }
}
