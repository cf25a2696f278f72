package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceKey;
import org.junit.jupiter.api.Test;

class PodReaderTest {

    private static Pod pod(String metadata, String port, String status) {
        return Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: chat-1, namespace: team, uid: u-1, labels: {llmservice.io/service: chat}%s}
                spec:
                  containers:
                  - name: sidecar
                    ports: [{name: http, containerPort: 15000}]
                  - name: engine
                    ports: [{name: %s, containerPort: 9000}]
                status: {%s}
                """.formatted(metadata, port, status), Pod.class);
    }

    @Test
    void readyPodIsAskedAtTheEnginesNamedPort() {
        var pod = pod("", "http", "podIP: 10.1.2.3, conditions: [{type: Ready, status: 'True'}]");

        assertThat(PodReader.service(pod)).contains(new ServiceKey("team", "chat"));
        assertThat(PodReader.endpoint(pod)).contains(new PodEndpoint("chat-1", "u-1", "10.1.2.3", 9000, true, false));
    }

    @Test
    void podWithoutSuchAPortIsAskedAtTheUsualOne() {
        assertThat(PodReader.endpoint(pod("", "grpc", "podIP: 10.1.2.3")))
                .map(PodEndpoint::port)
                .contains(8000);
    }

    @Test
    void podThatIsBeingDeletedDrainsAtOnceThoughItIsStillReady() {
        var pod = pod(
                ", deletionTimestamp: '2026-11-24T00:00:00Z'",
                "http",
                "podIP: 10.1.2.3, conditions: [{type: Ready, status: 'True'}]");

        assertThat(PodReader.endpoint(pod)).hasValueSatisfying(endpoint -> {
            assertThat(endpoint.draining()).isTrue();
            assertThat(endpoint.serves()).isFalse();
        });
    }

    @Test
    void podWithoutAnAddressIsNoneYet() {
        assertThat(PodReader.endpoint(pod("", "http", "phase: Pending"))).isEmpty();
        assertThat(PodReader.endpoint(pod("", "http", "podIP: ''"))).isEmpty();
    }

    @Test
    void otherConditionsDoNotMakeAPodReady() {
        assertThat(
                        PodReader.endpoint(
                                pod(
                                        "",
                                        "http",
                                        "podIP: 10.1.2.3, conditions: [{type: ContainersReady, status: 'True'}, {type: Ready, status: Unknown}]")))
                .hasValueSatisfying(endpoint -> assertThat(endpoint.ready()).isFalse());
    }
}
