package io.llmservice.operator.metricsapi.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Gives every new handshake the certificate that is current then; connections that are open go on with theirs. */
final class ServingKeyManager extends X509ExtendedKeyManager {
    /** A handshake that began with one certificate must get that one's key: its alias names it. */
    private volatile @Nullable Current current;

    void use(X509Certificate certificate, PrivateKey key) {
        current = new Current(certificate.getSerialNumber().toString(16), certificate, key, current);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        Current now = current;
        return now != null && keyType.equals("EC") ? now.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(keyType, issuers, null);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Current named = named(alias);
        return named == null ? null : new X509Certificate[] {named.certificate()};
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Current named = named(alias);
        return named == null ? null : named.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = chooseEngineServerAlias(keyType, issuers, null);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    private @Nullable Current named(String alias) {
        Current now = current;
        if (now == null || now.alias().equals(alias)) {
            return now;
        }
        Current before = now.before();
        return before != null && before.alias().equals(alias) ? before : null;
    }

    private record Current(
            String alias,
            X509Certificate certificate,
            PrivateKey key,
            @Nullable Current before) {
        Current {
            // Only one generation back is ever asked for.
            before = before == null ? null : new Current(before.alias(), before.certificate(), before.key());
        }

        Current(String alias, X509Certificate certificate, PrivateKey key) {
            this(alias, certificate, key, null);
        }
    }
}
