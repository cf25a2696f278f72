package io.llmservice.operator.metricsapi;

import java.util.Map;

/**
 * The Service through which the API server reaches the metrics API.
 *
 * @param namespace the operator's own
 * @param port the Service's port, not the container's
 * @param labels what the objects written for the metrics API carry
 */
public record MetricsApiService(String namespace, String name, int port, Map<String, String> labels) {
    public MetricsApiService {
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a Service has a namespace and a name");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        labels = Map.copyOf(labels);
    }

    /** The name that the API server expects in the serving certificate. */
    String dnsName() {
        return name + "." + namespace + ".svc";
    }

    String qualifiedName() {
        return namespace + "/" + name;
    }
}
