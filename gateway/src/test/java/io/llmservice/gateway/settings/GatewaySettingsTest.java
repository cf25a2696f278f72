package io.llmservice.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @Test
    void emptyEnvironmentServesAllNamespacesAndAllowsNoFallback() {
        var settings = GatewaySettings.from(Map.of());

        assertThat(settings.watchNamespaces()).isEmpty();
        assertThat(settings.listeners()).isEqualTo(new GatewaySettings.Listeners("0.0.0.0", 8080, 8081));
        assertThat(settings.drain()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.allowed().hosts()).isEmpty();
        assertThat(settings.requiredSecretLabel()).isEmpty();
    }

    @Test
    void everyVariableIsRead() {
        var settings = GatewaySettings.from(Map.of(
                "POD_NAMESPACE", "ops",
                "POD_NAME", "gateway-1",
                "REPLICA_SELECTOR", "a=b, c=d",
                "WATCH_NAMESPACES", "team-a,team-b",
                "BIND_ADDRESS", "127.0.0.1",
                "HTTP_PORT", "0",
                "DRAIN_SECONDS", "7",
                "ALLOWED_FALLBACK_HOSTS", "api.example.com, team-a=localhost:9000",
                "ALLOWED_BEDROCK_MODELS", "us.anthropic.*",
                "REQUIRED_SECRET_LABEL", "use=yes"));

        assertThat(settings.replica())
                .isEqualTo(new GatewaySettings.Replica("ops", "gateway-1", Map.of("a", "b", "c", "d")));
        assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("team-a", "team-b");
        assertThat(settings.listeners()).isEqualTo(new GatewaySettings.Listeners("127.0.0.1", 0, 8081));
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.allowed().hosts()).containsExactly("api.example.com", "team-a=localhost:9000");
        assertThat(settings.allowed().bedrockModels()).containsExactly("us.anthropic.*");
        assertThat(settings.requiredSecretLabel()).contains("use=yes");
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PORT, eighty", "HTTP_PORT, 70000", "DRAIN_SECONDS, -1", "REPLICA_SELECTOR, app"})
    void whatCannotBeReadNamesItsVariable(String variable, String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewaySettings.from(Map.of(variable, value)))
                .withMessageContaining(variable)
                .withMessageContaining(value);
    }
}
