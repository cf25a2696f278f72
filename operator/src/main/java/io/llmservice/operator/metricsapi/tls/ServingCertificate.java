package io.llmservice.operator.metricsapi.tls;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the metrics API's certificate current: reads what the replicas share, renews it when due, and serves it. */
public final class ServingCertificate {
    private static final Logger LOG = LoggerFactory.getLogger(ServingCertificate.class);

    private final CredentialStore store;
    private final CertificateIssuer issuer;
    private final Clock clock;
    private final ServingKeyManager keyManager = new ServingKeyManager();
    private volatile @Nullable Credentials current;

    ServingCertificate(CredentialStore store, List<String> dnsNames, Clock clock) {
        this.store = store;
        this.issuer = new CertificateIssuer(dnsNames, new SecureRandom());
        this.clock = clock;
    }

    /** Kept in the Secret {@code namespace/secret}, for the given DNS names. */
    public static ServingCertificate inSecret(
            KubernetesClient client,
            String namespace,
            String secret,
            Map<String, String> labels,
            List<String> dnsNames,
            Clock clock) {
        return new ServingCertificate(new SecretCredentialStore(client, namespace, secret, labels), dnsNames, clock);
    }

    /**
     * Takes over what is stored and does at most one step of renewal; to be called every so often.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the store cannot be reached; what was current stays
     */
    public void refresh() {
        Instant now = clock.instant();
        CredentialStore.Stored stored = store.read();
        switch (CertificatePlan.decide(stored.credentials(), issuer.dnsNames(), now)) {
            case CertificatePlan.Keep keep -> use(keep.credentials());
            case CertificatePlan.Issue issue -> write(stored, issuer.issue(now), issue.reason());
            case CertificatePlan.RenewServing renew ->
                write(stored, issuer.renewServing(renew.credentials(), now), "the serving certificate is due");
            case CertificatePlan.RenewAuthority renew ->
                write(stored, issuer.renewAuthority(renew.credentials(), now), "the authority is due");
        }
    }

    /** The authorities to trust, in PEM; empty before the first {@link #refresh()}. */
    public Optional<String> bundle() {
        return Optional.ofNullable(current).map(Credentials::bundle);
    }

    /** When the certificate now served expires; empty before the first {@link #refresh()}. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(current)
                .map(credentials -> credentials.serving().getNotAfter().toInstant());
    }

    /** A server's context that always serves the current certificate and leaves the client's to {@link DeferredClientTrust}. */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keyManager}, new TrustManager[] {new DeferredClientTrust()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no TLS", impossible);
        }
    }

    private void write(CredentialStore.Stored before, Credentials renewed, String reason) {
        if (store.write(before, renewed)) {
            LOG.atInfo().addKeyValue("reason", reason).log("Issued the metrics API's certificate");
            use(renewed);
        } else {
            // Another replica was first: its credentials are the ones to use.
            store.read().credentials().ifPresent(this::use);
        }
    }

    private void use(Credentials credentials) {
        Credentials before = current;
        if (before == null || !before.serving().equals(credentials.serving())) {
            keyManager.use(credentials.serving(), credentials.servingKey());
        }
        current = credentials;
    }
}
