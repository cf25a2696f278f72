package io.llmservice.operator.metricsapi;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.operator.http.ReadinessCheck;
import io.llmservice.operator.metricsapi.access.FrontProxy;
import io.llmservice.operator.metricsapi.access.FrontProxyConfig;
import io.llmservice.operator.metricsapi.access.SubjectAccessReviews;
import io.llmservice.operator.metricsapi.pods.PodReader;
import io.llmservice.operator.metricsapi.pods.PodTargets;
import io.llmservice.operator.metricsapi.tls.ServingCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One replica's metrics API: the TLS listener, and what keeps its certificate and its trust in the front proxy current. */
public final class MetricsApi implements ReadinessCheck, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsApi.class);
    private static final Duration RETRY_UNTIL_READY = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final MetricsApiSettings settings;
    private final ServingCertificate certificate;
    private final PodReader reader;
    private final MetricsApiHandler handler;
    /** By part, what the last attempt failed with; the background loop's alone. */
    private final Map<String, String> failures = new HashMap<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable FrontProxy frontProxy;
    private volatile @Nullable TlsListener listener;

    public MetricsApi(
            KubernetesClient client,
            PodTargets targets,
            MetricsApiSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.client = client;
        this.settings = settings;
        MetricsApiService service = settings.service();
        this.certificate = ServingCertificate.inSecret(
                client,
                service.namespace(),
                settings.certificateSecret(),
                service.labels(),
                List.of(service.dnsName()),
                clock);
        this.reader = new PodReader(settings.reads(), clock, meters);
        this.handler = new MetricsApiHandler(
                () -> Optional.ofNullable(frontProxy),
                new SubjectAccessReviews(review -> client.resource(review).create(), clock),
                new MetricQueries(targets, reader),
                meters);
        TimeGauge.builder(
                        "llmservice.metricsapi.certificate.expiration.timestamp",
                        () -> certificate
                                .expiresAt()
                                .map(Instant::getEpochSecond)
                                .orElse(0L),
                        TimeUnit.SECONDS)
                .description("When the metrics API's serving certificate expires, as Unix time")
                .register(meters);
    }

    /**
     * Listens, and makes or loads the certificate in the background, where it is tried again every second until
     * {@link #ready()}.
     *
     * @throws IOException if the address cannot be bound
     */
    public void start() throws IOException {
        listener = new TlsListener(
                new InetSocketAddress(settings.bindAddress(), settings.port()), certificate.sslContext(), handler);
        Thread.ofVirtual().name("metrics-api-refresh").start(this::refreshUntilClosed);
    }

    /** The port that is really bound; for where the settings say 0. */
    public int port() {
        TlsListener started = listener;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started.port();
    }

    /** What an APIService must trust, in PEM; empty until the certificate is there. */
    public Optional<String> caBundle() {
        return certificate.bundle();
    }

    @Override
    public String name() {
        return "metrics-api";
    }

    @Override
    public State state() {
        if (listener == null) {
            return State.waiting("not started");
        }
        if (certificate.bundle().isEmpty()) {
            return State.waiting("no certificate in Secret " + settings.certificateSecret() + " yet");
        }
        return frontProxy == null
                ? State.waiting(
                        "no front proxy in ConfigMap " + FrontProxyConfig.NAMESPACE + "/" + FrontProxyConfig.NAME)
                : State.holds("serving on port " + port());
    }

    public boolean ready() {
        return state().ready();
    }

    @Override
    public void close() {
        closed.countDown();
        TlsListener started = listener;
        if (started != null) {
            started.close();
        }
        reader.close();
    }

    private void refreshUntilClosed() {
        try {
            do {
                refresh();
            } while (!closed.await(pause().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return ready() ? settings.refreshEvery() : RETRY_UNTIL_READY;
    }

    private void refresh() {
        attempt("certificate", certificate::refresh);
        attempt("front proxy", this::refreshFrontProxy);
    }

    /**
     * The edge of the background loop: a failure leaves in place what was there, and the next round tries again. One that goes
     * on is told once.
     */
    private void attempt(String part, Runnable step) {
        try {
            step.run();
            failures.remove(part);
        } catch (RuntimeException failure) {
            String message = String.valueOf(failure.getMessage());
            boolean known = message.equals(failures.put(part, message));
            LOG.atLevel(known ? Level.DEBUG : Level.WARN)
                    .setCause(failure)
                    .addKeyValue("part", part)
                    .log("The metrics API could not refresh what it serves with");
        }
    }

    private void refreshFrontProxy() {
        ConfigMap published = client.configMaps()
                .inNamespace(FrontProxyConfig.NAMESPACE)
                .withName(FrontProxyConfig.NAME)
                .get();
        if (published == null || published.getData() == null) {
            throw new IllegalArgumentException("the cluster publishes no front proxy");
        }
        FrontProxyConfig config = FrontProxyConfig.of(published.getData());
        FrontProxy before = frontProxy;
        if (before == null || !before.config().equals(config)) {
            frontProxy = new FrontProxy(config);
        }
    }
}
