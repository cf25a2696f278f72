package io.llmservice.localcluster.controlplane;

import io.llmservice.localcluster.process.LoopbackPorts;
import java.util.List;

/** Where the programs of one control plane listen. */
record Endpoints(String apiServer, String etcd, String etcdPeer) {
    static Endpoints onFreePorts() {
        List<Integer> ports = LoopbackPorts.free(3);
        return new Endpoints(url(ports.get(0)), url(ports.get(1)), url(ports.get(2)));
    }

    int apiServerPort() {
        return Integer.parseInt(apiServer.substring(apiServer.lastIndexOf(':') + 1));
    }

    private static String url(int port) {
        return "https://127.0.0.1:" + port;
    }
}
