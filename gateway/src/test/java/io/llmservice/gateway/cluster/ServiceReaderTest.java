package io.llmservice.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.gateway.route.ServiceKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceReaderTest {

    private static final String PLAIN = """
            spec:
              model: {source: {huggingFace: {repository: a/b}}}
            """;

    private static GenericKubernetesResource service(String annotations, String rest) {
        return Serialization.unmarshal("""
                apiVersion: llmservice.io/v1alpha1
                kind: LlmService
                metadata:
                  name: chat
                  namespace: team
                  uid: u-1
                  creationTimestamp: "2026-11-01T00:00:00Z"
                  annotations: {%s}
                """.formatted(annotations) + rest, GenericKubernetesResource.class);
    }

    @Test
    void serviceThatSaysNothingGoesByItsOwnNameAndTakesAWhileToStart() {
        var route = ServiceReader.read(service("", PLAIN));

        assertThat(route.key()).isEqualTo(new ServiceKey("team", "chat"));
        assertThat(route.uid()).isEqualTo("u-1");
        assertThat(route.model()).isEqualTo("chat");
        assertThat(route.created()).isEqualTo("2026-11-01T00:00:00Z");
        assertThat(route.mode()).isEqualTo(FallbackMode.AUTOMATIC);
        assertThat(route.fallback()).isEmpty();
        assertThat(route.gateway().maxBodyBytes()).isEqualTo(33554432);
        assertThat(route.coldStartSeconds()).isEqualTo(ServiceReader.UNPLANNED_COLD_START_SECONDS);
        assertThat(route.reports()).isEmpty();
    }

    @Test
    void newNameOfAModelCountsOnceThePodsHaveIt() {
        var renamed = """
                spec:
                  model: {name: new-name, source: {huggingFace: {repository: a/b}}}
                """;

        assertThat(ServiceReader.read(service("", renamed)).model()).isEqualTo("new-name");
        assertThat(ServiceReader.read(service("", renamed + "status: {model: former-name}\n"))
                        .model())
                .isEqualTo("former-name");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ForcePrimary, FORCE_PRIMARY",
        "'llmservice.io/fallback-mode: ForceFallback', ForcePrimary, FORCE_FALLBACK",
        "'llmservice.io/fallback-mode: Disabled', ForcePrimary, DISABLED",
        "'llmservice.io/fallback-mode: off', ForcePrimary, FORCE_PRIMARY",
        "'llmservice.io/fallback-mode: \"\"', Automatic, AUTOMATIC"
    })
    void annotationWinsOverTheSpecIfItNamesAMode(String annotation, String ofSpec, FallbackMode inForce) {
        var spec = PLAIN + """
                  fallback:
                    mode: %s
                    targets: [{name: x, openAi: {url: "https://x.example.com/v1"}}]
                """.formatted(ofSpec).indent(0);

        assertThat(ServiceReader.read(service(annotation, spec)).mode()).isEqualTo(inForce);
    }

    @Test
    void fieldsOfANewerApiArePassedOver() {
        var newer = PLAIN + """
                  tomorrow: {a: 1}
                status:
                  model: chat
                  alsoNew: [1, 2]
                """.indent(0);

        assertThat(ServiceReader.read(service("", newer)).model()).isEqualTo("chat");
    }

    @Test
    void wordThatIsUnknownMakesOneServiceUnreadableAndSaysWhich() {
        var unknown = PLAIN + """
                  fallback:
                    mode: Sometimes
                    targets: []
                """.indent(0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceReader.read(service("", unknown)))
                .withMessageContaining("Sometimes");
    }
}
