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

/** Keeps the credentials in a Secret of type {@code kubernetes.io/tls}, with the authority beside the serving certificate. */
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
        Secret secret = client.secrets()
                .inNamespace(identity.getNamespace())
                .withName(identity.getName())
                .get();
        return secret == null
                ? new Stored(Optional.empty(), Optional.empty())
                : new Stored(Optional.of(secret.getMetadata().getResourceVersion()), credentials(secret));
    }

    @Override
    public boolean write(Stored before, Credentials credentials) {
        ObjectMetaBuilder metadata = new ObjectMetaBuilder(identity);
        before.version().ifPresent(metadata::withResourceVersion);
        Secret secret = new SecretBuilder()
                .withMetadata(metadata.build())
                .withType("kubernetes.io/tls")
                .withData(data(credentials))
                .build();
        try {
            if (before.version().isPresent()) {
                client.resource(secret).update();
            } else {
                client.resource(secret).create();
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

    private Optional<Credentials> credentials(Secret secret) {
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
        @Nullable Map<String, String> data = secret.getData();
        String encoded = data == null ? "" : data.getOrDefault(key, "");
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
