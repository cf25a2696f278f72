package io.llmservice.operator.metricsapi.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done about the certificates now.
 *
 * <p>A new authority joins the bundle long before anything is signed by it: the serving certificate goes on under the former
 * one until its own renewal, so clients that learn the bundle late never meet a certificate they cannot check.
 */
sealed interface CertificatePlan {

    /** Nothing is due. */
    record Keep(Credentials credentials) implements CertificatePlan {}

    /** Nothing usable is there: make an authority and a serving certificate. */
    record Issue(String reason) implements CertificatePlan {}

    /** Sign a new serving certificate with the current authority. */
    record RenewServing(Credentials credentials) implements CertificatePlan {}

    /** Add a new authority in front of those still valid, and keep the serving certificate. */
    record RenewAuthority(Credentials credentials) implements CertificatePlan {}

    /**
     * Decides on one step.
     *
     * @param known empty where there is no Secret or none that can be read
     */
    static CertificatePlan decide(Optional<Credentials> known, List<String> dnsNames, Instant now) {
        if (known.isEmpty()) {
            return new Issue("there are no credentials");
        }
        Credentials credentials = known.get();
        if (isExpired(credentials.authority(), now)) {
            return new Issue("the authority has expired");
        }
        if (isDue(credentials.serving(), now)
                || !names(credentials.serving()).containsAll(dnsNames)
                || !isSigned(credentials)) {
            return new RenewServing(credentials);
        }
        // Just after the serving certificate's own renewal, so that the new authority has a third of that certificate's
        // life,
        // a month, to reach everyone before it signs anything.
        return isDue(credentials.authority(), now) && !isPast(1, 3, credentials.serving(), now)
                ? new RenewAuthority(credentials)
                : new Keep(credentials);
    }

    /** Due after two thirds of the lifetime. */
    static boolean isDue(X509Certificate certificate, Instant now) {
        return isPast(2, 3, certificate, now);
    }

    private static boolean isPast(int part, int of, X509Certificate certificate, Instant now) {
        Instant from = certificate.getNotBefore().toInstant();
        Duration lifetime = Duration.between(from, certificate.getNotAfter().toInstant());
        return !now.isBefore(from.plus(lifetime.multipliedBy(part).dividedBy(of)));
    }

    static boolean isExpired(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotAfter().toInstant());
    }

    private static boolean isSigned(Credentials credentials) {
        return credentials.authorities().stream().anyMatch(authority -> isSigned(credentials.serving(), authority));
    }

    private static boolean isSigned(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException otherAuthority) {
            return false;
        }
    }

    private static List<String> names(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .map(name -> Objects.toString(name.get(1)))
                    .toList();
        } catch (CertificateParsingException malformed) {
            return List.of();
        }
    }
}
