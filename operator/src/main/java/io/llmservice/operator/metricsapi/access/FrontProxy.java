package io.llmservice.operator.metricsapi.access;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Tells the API server's front proxy from everybody else, and reads the user from its headers only then. */
public final class FrontProxy {
    private final FrontProxyConfig config;
    private final X509TrustManager trust;

    public FrontProxy(FrontProxyConfig config) {
        this.config = config;
        this.trust = trust(config.authorities());
    }

    public FrontProxyConfig config() {
        return config;
    }

    /**
     * Judges one request.
     *
     * @param chain what the client presented in the TLS handshake and proved to hold the key of, leaf first; may be empty
     * @param headers the request's
     */
    public Authentication authenticate(List<X509Certificate> chain, Headers headers) {
        if (chain.isEmpty()) {
            return new Authentication.Refused("no client certificate");
        }
        X509Certificate leaf = chain.getFirst();
        try {
            // Checks the path, the validity now, and that the certificate may be used by a client.
            trust.checkClientTrusted(
                    chain.toArray(X509Certificate[]::new), leaf.getPublicKey().getAlgorithm());
        } catch (CertificateException untrusted) {
            return new Authentication.Refused("the client certificate is not the front proxy's");
        }
        if (!config.allowedNames().isEmpty()
                && commonName(leaf).filter(config.allowedNames()::contains).isEmpty()) {
            return new Authentication.Refused("the client certificate's name is not allowed");
        }
        return user(headers);
    }

    private Authentication user(Headers headers) {
        Optional<String> name = first(headers, config.usernameHeaders());
        if (name.isEmpty()) {
            return new Authentication.Refused("the front proxy names no user");
        }
        List<String> groups = config.groupHeaders().stream()
                .flatMap(header -> headers.getOrDefault(header, List.of()).stream())
                .filter(group -> !group.isEmpty())
                .toList();
        return new Authentication.Authenticated(
                new User(name.get(), first(headers, config.uidHeaders()), groups, extra(headers)));
    }

    private Map<String, List<String>> extra(Headers headers) {
        Map<String, List<String>> extra = new TreeMap<>();
        for (String prefix : config.extraHeaderPrefixes()) {
            headers.forEach((header, values) -> {
                if (header.regionMatches(true, 0, prefix, 0, prefix.length())) {
                    String key = unescaped(header.substring(prefix.length()).toLowerCase(Locale.ROOT));
                    extra.computeIfAbsent(key, absent -> new ArrayList<>()).addAll(values);
                }
            });
        }
        return extra;
    }

    private static Optional<String> first(Headers headers, List<String> names) {
        return names.stream()
                .flatMap(name -> Optional.ofNullable(headers.getFirst(name)).stream())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** Keys travel percent-encoded; one that is not is taken as it is, as the API server does. */
    private static String unescaped(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return key;
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> rdn.getValue().toString())
                            .findFirst();
        } catch (InvalidNameException malformed) {
            return Optional.empty();
        }
    }

    private static X509TrustManager trust(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("the JDK cannot hold certificates in memory", impossible);
        }
    }
}
