package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.api.v1alpha1.SecretKeyReference;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceRoute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secrets that services refer to, and no others. They are read by name before anybody asks, and again after a short
 * while, so that asking never waits for the API server. While that is away, what was read last goes on counting.
 */
public final class ClusterSecrets implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSecrets.class);
    private static final SecretValue NOT_YET =
            new SecretValue.Unknown("the Secret has not been read yet; ask again soon");

    private final KubernetesClient client;
    private final Optional<String> requiredLabel;
    private final ConcurrentMap<SecretName, SecretValue> values = new ConcurrentHashMap<>();
    private volatile Set<SecretName> wanted = Set.of();
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("secrets").daemon().factory());

    private ClusterSecrets(KubernetesClient client, Optional<String> requiredLabel) {
        this.client = client;
        this.requiredLabel = requiredLabel;
    }

    /**
     * Starts reading what the routes refer to.
     *
     * @param requiredLabel label, as {@code key=value}, that a Secret must carry before a service may refer to it
     * @param timeToLive how old a value may become before it is read again
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the executor
    public static ClusterSecrets start(
            KubernetesClient client, Routes routes, Optional<String> requiredLabel, Duration timeToLive) {
        var started = new ClusterSecrets(client, requiredLabel);
        routes.listen(started::follow);
        started.follow(routes.table());
        started.reader.scheduleWithFixedDelay(
                started::readAll, timeToLive.toMillis(), timeToLive.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    /** What is known now; never waits. */
    public SecretValue get(String namespace, String name) {
        return values.getOrDefault(new SecretName(namespace, name), NOT_YET);
    }

    /** Id to key of the clients that a service lets in; empty if it asks for none or they are not known. Never waits. */
    public Optional<Map<String, String>> keys(ServiceRoute route) {
        var asked = route.gateway().apiKeys();
        return asked == null
                ? Optional.empty()
                : get(route.key().namespace(), asked.secretRef().name()).known();
    }

    /** One value that a target refers to; empty while it is not known. Never waits. */
    public Optional<String> value(String namespace, SecretKeyReference reference) {
        return get(namespace, reference.name()).key(reference.key());
    }

    /** New references are read at once; what nobody refers to any more is forgotten. */
    private synchronized void follow(RouteTable table) {
        var next = table.services().stream()
                .flatMap(route -> SecretName.of(route).stream())
                .collect(Collectors.toUnmodifiableSet());
        var before = wanted;
        wanted = next;
        if (!next.equals(before) && !reader.isShutdown()) {
            reader.execute(() -> next.stream()
                    .filter(name -> !values.containsKey(name))
                    .sorted(Comparator.comparing(SecretName::toString))
                    .forEach(this::read));
            reader.execute(() -> values.keySet().retainAll(wanted));
        }
    }

    private void readAll() {
        wanted.forEach(this::read);
    }

    private void read(SecretName name) {
        try {
            var secret = client.secrets()
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .get();
            var now = secret == null ? new SecretValue.Absent() : allowed(name, secret);
            // Who asks gets the same map until it changes, and can tell by that.
            values.merge(name, now, (before, next) -> before.equals(next) ? before : next);
        } catch (KubernetesClientException | IllegalArgumentException failure) {
            values.putIfAbsent(name, new SecretValue.Unknown(reason(name, failure)));
            LOG.atWarn()
                    .addKeyValue("namespace", name.namespace())
                    .addKeyValue("secret", name.name())
                    .addKeyValue("cause", cause(failure))
                    .log("Secret could not be read, will try again; what was read last stays in force");
        }
    }

    private SecretValue allowed(SecretName name, Secret secret) {
        var labels = secret.getMetadata().getLabels();
        boolean carries = requiredLabel
                .map(label -> label.split("=", 2))
                .map(pair -> labels != null && pair[1].equals(labels.get(pair[0])))
                .orElse(true);
        return carries
                ? present(secret)
                : new SecretValue.Unknown("the Secret %s/%s lacks the label %s; whoever may write the Secret can add it"
                        .formatted(name.namespace(), name.name(), requiredLabel.orElse("")));
    }

    private static SecretValue present(Secret secret) {
        var data = new HashMap<String, String>();
        var encoded = secret.getData() == null ? Map.<String, String>of() : secret.getData();
        encoded.forEach((key, value) ->
                data.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8).strip()));
        return new SecretValue.Present(data);
    }

    private static String reason(SecretName name, RuntimeException failure) {
        return "the Secret %s/%s could not be read (%s); the gateway needs the right to get it"
                .formatted(name.namespace(), name.name(), cause(failure));
    }

    /** Never the exception's own words, which might hold a part of what was read. */
    private static String cause(RuntimeException failure) {
        return failure instanceof KubernetesClientException refused && refused.getCode() > 0
                ? "status " + refused.getCode()
                : failure.getClass().getSimpleName();
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
