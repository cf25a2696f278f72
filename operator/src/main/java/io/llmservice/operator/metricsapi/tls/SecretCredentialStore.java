package io.llmservice.operator.metricsapi.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the credentials in a Secret, the authority beside the serving certificate, under the names that TLS Secrets use. */
final class SecretCredentialStore implements CredentialStore {
    private static final Logger LOG = LoggerFactory.getLogger(SecretCredentialStore.class);
    private static final String AUTHORITIES = "ca.crt";
    private static final String AUTHORITY_KEY = "ca.key";
    private static final String SERVING = "tls.crt";
    private static final String SERVING_KEY = "tls.key";

    private final KubernetesClient client;
    private final ObjectMeta identity;

    SecretCredentialStore(KubernetesClient client, String namespace, String name, Map<String, String> labels) {
        this.client = client;
        this.identity = new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .build();
    }

    @Override
    public Stored read() {
        Secret secret = current();
        return secret == null
                ? new Stored(Optional.empty(), Optional.empty())
                : new Stored(Optional.of(secret.getMetadata().getResourceVersion()), credentials(secret));
    }

    @Override
    public boolean write(Stored before, Credentials credentials) {
        Secret found = current();
        Optional<String> version =
                Optional.ofNullable(found).map(secret -> secret.getMetadata().getResourceVersion());
        if (!version.equals(before.version())) {
            return false;
        }
        try {
            if (found == null) {
                client.resource(new SecretBuilder()
                                .withMetadata(identity)
                                .withData(data(credentials))
                                .build())
                        .create();
            } else {
                // With the version that was found, so that the API server refuses it if somebody was faster.
                client.resource(new SecretBuilder(found)
                                .withData(data(credentials))
                                .build())
                        .update();
            }
            return true;
        } catch (KubernetesClientException failure) {
            // Both a create that finds the name taken and an update that finds a newer version answer so.
            if (failure.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw failure;
        }
    }

    private @Nullable Secret current() {
        return client.secrets()
                .inNamespace(identity.getNamespace())
                .withName(identity.getName())
                .get();
    }

    /** An empty Secret, such as a chart may bring so that nobody needs the right to create one, holds none yet. */
    private Optional<Credentials> credentials(Secret secret) {
        if (secret.getData() == null || secret.getData().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Credentials(
                    Pem.certificates(text(secret, AUTHORITIES)),
                    Pem.key(text(secret, AUTHORITY_KEY)),
                    Pem.certificates(text(secret, SERVING)).getFirst(),
                    Pem.key(text(secret, SERVING_KEY))));
        } catch (IllegalArgumentException | NoSuchElementException unreadable) {
            LOG.atWarn()
                    .addKeyValue("secret", identity.getName())
                    .addKeyValue("reason", unreadable.getMessage())
                    .log("The metrics API's credentials cannot be read and are made anew");
            return Optional.empty();
        }
    }

    private static String text(Secret secret, String key) {
        String encoded = secret.getData().getOrDefault(key, "");
        return new String(Base64.getDecoder().decode(encoded), UTF_8);
    }

    private static Map<String, String> data(Credentials credentials) {
        return Map.of(
                AUTHORITIES, encoded(credentials.bundle()),
                AUTHORITY_KEY, encoded(Pem.text(credentials.authorityKey())),
                SERVING, encoded(Pem.text(List.of(credentials.serving()))),
                SERVING_KEY, encoded(Pem.text(credentials.servingKey())));
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
