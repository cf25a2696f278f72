package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/** Asks containers how they are, over HTTP or TCP. */
final class ProbeClient implements AutoCloseable {
    private final HttpClient http;

    ProbeClient() {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .sslContext(AnyCertificate.sslContext())
                .build();
    }

    /**
     * One probe. What this machine cannot do for a simulated container (exec, gRPC) counts as a success.
     *
     * @param address where the container listens
     */
    boolean succeeds(Probe probe, Container container, InetAddress address, Duration timeout)
            throws InterruptedException {
        if (probe.getHttpGet() != null) {
            return httpGet(probe.getHttpGet(), container, address, timeout);
        }
        if (probe.getTcpSocket() != null) {
            return tcp(address, port(probe.getTcpSocket().getPort(), container), timeout);
        }
        return true;
    }

    /** Whether a GET is answered within the timeout with a status from 200 to 399. */
    boolean httpGet(HTTPGetAction action, Container container, InetAddress address, Duration timeout)
            throws InterruptedException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(url(action, container, address)).timeout(timeout);
            Optional.ofNullable(action.getHttpHeaders())
                    .ifPresent(headers -> headers.stream()
                            .filter(header -> !header.getName().equalsIgnoreCase("Host"))
                            .forEach(header -> request.header(header.getName(), header.getValue())));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
        try {
            int status = http.send(request.build(), BodyHandlers.discarding()).statusCode();
            return status >= 200 && status < 400;
        } catch (IOException failed) {
            return false;
        }
    }

    private static URI url(HTTPGetAction action, Container container, InetAddress address) {
        String scheme = "HTTPS".equals(action.getScheme()) ? "https" : "http";
        String host = Optional.ofNullable(action.getHost()).orElse(address.getHostAddress());
        String path = Optional.ofNullable(action.getPath()).orElse("/");
        return URI.create("%s://%s:%d%s"
                .formatted(scheme, host, port(action.getPort(), container), path.startsWith("/") ? path : "/" + path));
    }

    private static boolean tcp(InetAddress address, int port, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), Math.toIntExact(timeout.toMillis()));
            return true;
        } catch (IOException failed) {
            return false;
        }
    }

    /** A port by number or by its name in the container; 0, where nobody answers, if there is none of that name. */
    private static int port(IntOrString port, Container container) {
        if (port.getIntVal() != null) {
            return port.getIntVal();
        }
        return container.getPorts().stream()
                .filter(declared -> port.getStrVal().equals(declared.getName()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
