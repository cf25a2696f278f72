package io.llmservice.gateway.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesFileTest {

    @Test
    void readsModelsWithTheirServersFallbackAndLimits() throws Exception {
        ServiceRoute route = RoutesFile.parse("""
                        models:
                          - name: meta/Llama-3
                            upstreams: [http://127.0.0.1:8000, "http://[::1]:8001/"]
                            fallback:
                              targets:
                                - name: vendor
                                  openAi: {url: https://api.example.com/v1, model: big}
                              budget: {usdPerHour: 5}
                            gateway: {retryBudgetPercent: 10, timeouts: {idle: 5s}}
                        """).byModel("meta/Llama-3").orElseThrow();

        assertThat(route.key()).hasToString("default/meta-llama-3");
        assertThat(route.pods()).extracting(PodEndpoint::host).containsExactly("127.0.0.1", "::1");
        assertThat(route.pods()).extracting(PodEndpoint::port).containsExactly(8000, 8001);
        assertThat(route.serving()).hasSize(2);
        assertThat(route.fallback().orElseThrow().targets().getFirst().timeout())
                .isEqualTo("60s");
        assertThat(route.gateway().retryBudgetPercent()).isEqualTo(10);
        assertThat(route.gateway().timeouts().request()).isEqualTo("10m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: [{name: a, upstream: [http://h:1]}]|models[0].upstream is no field",
                "models: [{name: a, gateway: {idle: 5s}}]|models[0].gateway.idle is no field",
                "model: []|model is no field that there is; there are: models",
                "models: []|models is empty",
                "models: [{upstreams: [http://h:1]}]|name",
                "models: [{name: a, upstreams: [http://h:1]}, {name: A, upstreams: [http://h:1]}]|models[1].name is there twice",
                "models: [{name: a}]|models[0] has neither upstreams nor a fallback",
                "models: [{name: a, upstreams: ['ftp://h']}]|models[0].upstreams[0] must be http://host:port",
                "models: [{name: a, fallback: {targets: [{name: t}]}}]|models[0].fallback.targets[0] needs exactly one of",
                "'models: [}'|not YAML"
            })
    void whatIsWrongIsNamed(String text, String message) {
        assertThatThrownBy(() -> RoutesFile.parse(text))
                .isInstanceOf(RoutesFileException.class)
                .hasMessageContaining(message);
    }
}
