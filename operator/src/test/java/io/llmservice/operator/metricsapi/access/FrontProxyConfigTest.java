package io.llmservice.operator.metricsapi.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontProxyConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "not PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void withoutAnAuthorityNobodyCanBeTrusted(String authority) {
        Map<String, String> data = Map.of(
                "requestheader-client-ca-file", authority, "requestheader-username-headers", "[\"X-Remote-User\"]");

        assertThatThrownBy(() -> FrontProxyConfig.of(data)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Remote-User", "{}", "[1"})
    void headersAreJsonLists(String headers) {
        assertThatThrownBy(() -> FrontProxyConfig.of(Map.of("requestheader-username-headers", headers)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
