package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteIndexTest {

    private static final ServiceKey CHAT = new ServiceKey("team", "chat");
    private static final ServiceKey CODE = new ServiceKey("team", "code");

    private final RouteIndex index = new RouteIndex();

    private static ServiceRoute service(ServiceKey key) {
        return new ServiceRoute(
                key,
                "uid-" + key.name(),
                key.name(),
                "",
                FallbackMode.AUTOMATIC,
                Optional.empty(),
                GatewaySpec.defaults(),
                List.of(),
                60,
                Map.of());
    }

    private static Optional<PodEndpoint> pod(String name) {
        return Optional.of(new PodEndpoint(name, "uid-" + name, "10.0.0.1", 8000, true, false));
    }

    private List<String> pods(ServiceKey key) {
        return index.table().byKey(key).orElseThrow().pods().stream()
                .map(PodEndpoint::name)
                .toList();
    }

    @Test
    void podsMayComeBeforeTheirService() {
        index.putPod(CHAT, "b", pod("b"));
        index.putPod(CHAT, "a", pod("a"));
        assertThat(index.table().byKey(CHAT)).isEmpty();

        index.putService(service(CHAT));

        assertThat(pods(CHAT)).containsExactly("a", "b");
    }

    @Test
    void podsOfAServiceThatGoesAndComesBackAreStillKnown() {
        index.putService(service(CHAT));
        index.putPod(CHAT, "a", pod("a"));

        index.removeService(CHAT);
        assertThat(index.table().byKey(CHAT)).isEmpty();
        index.putService(service(CHAT));
        assertThat(pods(CHAT)).containsExactly("a");

        index.removePod("team", "a");
        assertThat(pods(CHAT)).isEmpty();
    }

    @Test
    void podThatChangesItsLabelChangesItsService() {
        index.putService(service(CHAT));
        index.putService(service(CODE));
        index.putPod(CHAT, "a", pod("a"));

        index.putPod(CODE, "a", pod("a"));

        assertThat(pods(CHAT)).isEmpty();
        assertThat(pods(CODE)).containsExactly("a");
    }

    @Test
    void podThatLosesItsAddressIsNoneAnyMore() {
        index.putService(service(CHAT));
        index.putPod(CHAT, "a", pod("a"));

        index.putPod(CHAT, "a", Optional.empty());

        assertThat(pods(CHAT)).isEmpty();
    }

    /** Kubelet rewrites a pod's status often without changing anything that concerns the gateway. */
    @Test
    void whatDoesNotConcernTheGatewayChangesNothing() {
        index.putService(service(CHAT));
        index.putService(service(CODE));
        index.putPod(CHAT, "a", pod("a"));
        var before = index.table();

        index.putPod(CHAT, "a", pod("a"));
        index.putService(service(CHAT));
        assertThat(index.hasChanged()).isFalse();

        index.putPod(CHAT, "b", pod("b"));
        assertThat(index.hasChanged()).isTrue();
        assertThat(index.table().byKey(CODE).orElseThrow())
                .isSameAs(before.byKey(CODE).orElseThrow());
    }
}
