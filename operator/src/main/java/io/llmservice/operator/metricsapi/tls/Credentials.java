package io.llmservice.operator.metricsapi.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What the Secret holds.
 *
 * @param authorities who signs, first the current authority, then former ones that have not expired; the bundle that clients trust
 * @param authorityKey of the current authority
 * @param serving signed by one of the authorities
 * @param servingKey of the serving certificate
 */
record Credentials(
        List<X509Certificate> authorities, PrivateKey authorityKey, X509Certificate serving, PrivateKey servingKey) {
    Credentials {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("credentials need an authority");
        }
        authorities = List.copyOf(authorities);
    }

    X509Certificate authority() {
        return authorities.getFirst();
    }

    String bundle() {
        return Pem.text(authorities);
    }

    @Override
    public String toString() {
        return "Credentials[serving until " + serving.getNotAfter() + "]";
    }
}
