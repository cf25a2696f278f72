package io.llmservice.operator.metricsapi;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.llmservice.operator.http.ServerLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** Listens with TLS and asks clients for a certificate, without which some requests are still answered. */
final class TlsListener implements AutoCloseable {
    private final HttpsServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /** Listens from the moment it is made; port 0 takes any free one. */
    TlsListener(InetSocketAddress address, SSLContext context, HttpHandler handler) throws IOException {
        ServerLimits.apply();
        server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new ClientCertificateWanted(context));
        server.setExecutor(executor);
        server.createContext("/", handler);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private static final class ClientCertificateWanted extends HttpsConfigurator {
        ClientCertificateWanted(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            ssl.setWantClientAuth(true);
            parameters.setSSLParameters(ssl);
        }
    }
}
