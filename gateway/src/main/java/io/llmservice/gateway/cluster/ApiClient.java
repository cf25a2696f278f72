package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** How the gateway talks to the API server: what fails is tried again here and soon, and never by the client unseen. */
public final class ApiClient {

    private static final int REQUEST_TIMEOUT_MILLIS = 5_000;
    private static final int CONNECTION_TIMEOUT_MILLIS = 3_000;

    /** The first pause; it doubles five times, to four seconds. */
    private static final int WATCH_RECONNECT_MILLIS = 125;

    private ApiClient() {}

    /** With the configuration that is found around the process: kubeconfig or ServiceAccount. */
    public static KubernetesClient open() {
        return open(Config.autoConfigure(null));
    }

    static KubernetesClient open(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withRequestTimeout(REQUEST_TIMEOUT_MILLIS)
                        .withConnectionTimeout(CONNECTION_TIMEOUT_MILLIS)
                        .withRequestRetryBackoffLimit(0)
                        .withWatchReconnectInterval(WATCH_RECONNECT_MILLIS)
                        .build())
                .build();
    }
}
