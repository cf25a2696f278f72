package io.llmservice.operator.metricsapi.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes keys and certificates: P-256 throughout, an authority for ten years, a serving certificate for ninety days. */
final class CertificateIssuer {
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3_650);
    static final Duration SERVING_LIFETIME = Duration.ofDays(90);
    /** Clocks of nodes differ. */
    private static final Duration BACKDATED = Duration.ofMinutes(10);

    private final List<String> dnsNames;
    private final SecureRandom random;

    CertificateIssuer(List<String> dnsNames, SecureRandom random) {
        this.dnsNames = List.copyOf(dnsNames);
        this.random = random;
    }

    List<String> dnsNames() {
        return dnsNames;
    }

    /** A new authority and a serving certificate signed by it. */
    Credentials issue(Instant now) {
        KeyPair authorityKey = keyPair();
        X509Certificate authority = authority(authorityKey, now);
        KeyPair servingKey = keyPair();
        X509Certificate serving = serving(servingKey, authority, authorityKey, now);
        return new Credentials(List.of(authority), authorityKey.getPrivate(), serving, servingKey.getPrivate());
    }

    /** A new serving certificate with a new key, signed by the current authority. */
    Credentials renewServing(Credentials credentials, Instant now) {
        KeyPair authorityKey = new KeyPair(credentials.authority().getPublicKey(), credentials.authorityKey());
        KeyPair servingKey = keyPair();
        X509Certificate serving = serving(servingKey, credentials.authority(), authorityKey, now);
        return new Credentials(
                stillValid(credentials.authorities(), now),
                credentials.authorityKey(),
                serving,
                servingKey.getPrivate());
    }

    /** A new authority in front of the bundle; the serving certificate stays. */
    Credentials renewAuthority(Credentials credentials, Instant now) {
        KeyPair authorityKey = keyPair();
        List<X509Certificate> authorities = Stream.concat(
                        Stream.of(authority(authorityKey, now)), stillValid(credentials.authorities(), now).stream())
                .toList();
        return new Credentials(authorities, authorityKey.getPrivate(), credentials.serving(), credentials.servingKey());
    }

    private static List<X509Certificate> stillValid(List<X509Certificate> authorities, Instant now) {
        return authorities.stream()
                .filter(authority -> !CertificatePlan.isExpired(authority, now))
                .toList();
    }

    private X509Certificate authority(KeyPair key, Instant now) {
        BigInteger serial = serial();
        // The serial in the name keeps two generations of the authority apart where only names are compared.
        X500Principal name = new X500Principal("CN=llmservice-metrics-api-ca-" + serial.toString(16));
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                name, serial, from(now), Date.from(now.plus(AUTHORITY_LIFETIME)), name, key.getPublic());
        try {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            certificate.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key.getPublic()));
        } catch (CertIOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return signed(certificate, key);
    }

    private X509Certificate serving(KeyPair key, X509Certificate authority, KeyPair authorityKey, Instant now) {
        // A common name holds 64 characters at most, a Service's DNS name may be longer: only the alternative names
        // count.
        JcaX509v3CertificateBuilder certificate = new JcaX509v3CertificateBuilder(
                authority.getSubjectX500Principal(),
                serial(),
                from(now),
                Date.from(servingUntil(authority, now)),
                new X500Principal("CN=llmservice-metrics-api"),
                key.getPublic());
        try {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            certificate.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            certificate.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
            certificate.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.getPublicKey()));
        } catch (CertIOException | GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        return signed(certificate, authorityKey);
    }

    private GeneralNames alternativeNames() {
        return new GeneralNames(dnsNames.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private X509Certificate signed(JcaX509v3CertificateBuilder certificate, KeyPair signer) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(certificate.build(
                            new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK cannot sign with ECDSA", impossible);
        }
    }

    private KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the JDK has no P-256", impossible);
        }
    }

    private BigInteger serial() {
        return new BigInteger(127, random).add(BigInteger.ONE);
    }

    private static Date from(Instant now) {
        return Date.from(now.minus(BACKDATED));
    }

    /** A certificate that outlives its authority would stop to count before it is due. */
    private static Instant servingUntil(X509Certificate authority, Instant now) {
        Instant authorityUntil = authority.getNotAfter().toInstant();
        Instant until = now.plus(SERVING_LIFETIME);
        return until.isBefore(authorityUntil) ? until : authorityUntil;
    }
}
