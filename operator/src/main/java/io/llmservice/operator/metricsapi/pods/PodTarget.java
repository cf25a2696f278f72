package io.llmservice.operator.metricsapi.pods;

import java.net.InetAddress;
import java.net.URI;
import java.util.Map;

/**
 * A model server's pod that can be asked for its metrics.
 *
 * @param podIP an IP address, never a name
 * @param port the container port that the operator itself rendered
 */
public record PodTarget(String namespace, String name, String podIP, int port, Map<String, String> labels) {

    /** @throws IllegalArgumentException for anything that is no address of a pod, such as the cloud's metadata endpoint */
    public PodTarget {
        if (namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("a pod has a namespace and a name");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        InetAddress address = InetAddress.ofLiteral(podIP);
        if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
            throw new IllegalArgumentException(podIP + " is not an address that a pod can have");
        }
        labels = Map.copyOf(labels);
    }

    URI metricsUri() {
        String host = podIP.contains(":") ? "[" + podIP + "]" : podIP;
        return URI.create("http://" + host + ":" + port + "/metrics");
    }
}
