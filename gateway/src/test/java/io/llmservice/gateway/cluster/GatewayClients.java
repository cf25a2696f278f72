package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Clients with the gateway's rights and settings, over a wire of the test's choice. */
final class GatewayClients {

    private GatewayClients() {}

    static KubernetesClient at(String url) {
        Config config;
        try (var client = GatewayCluster.gatewayClient()) {
            config = client.getConfiguration();
        }
        config.setMasterUrl(url);
        return ApiClient.open(config);
    }
}
