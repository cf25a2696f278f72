package io.llmservice.localcluster.controlplane;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority of one cluster: signs its server and client certificates. */
final class CertificateAuthority {
    private static final Duration VALIDITY = Duration.ofDays(365);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final X500Name subject;
    private final KeyPair keys;
    private final Path directory;
    private final Path certificate;
    private final Path key;

    private CertificateAuthority(X500Name subject, KeyPair keys, Path directory, Path certificate, Path key) {
        this.subject = subject;
        this.keys = keys;
        this.directory = directory;
        this.certificate = certificate;
        this.key = key;
    }

    /** A certificate and its private key as PEM files. */
    record Identity(Path certificate, Path key) {}

    /** Makes a new authority whose files, and those that it signs, go into {@code directory}. */
    static CertificateAuthority create(String name, Path directory) {
        KeyPair keys = newKeys();
        X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, name).build();
        try {
            X509v3CertificateBuilder builder = builder(subject, subject, keys);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.digitalSignature));
            Path certificate = write(directory.resolve(name + ".crt"), sign(builder, keys));
            Path key = write(directory.resolve(name + ".key"), privateKey(keys));
            return new CertificateAuthority(subject, keys, directory, certificate, key);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make the certificate authority " + name, e);
        }
    }

    Path certificate() {
        return certificate;
    }

    Path key() {
        return key;
    }

    /** A client certificate; the API server reads the user from the common name and groups from the organizations. */
    Identity client(String fileName, String user, List<String> groups) {
        return issue(fileName, subject(user, groups), KeyPurposeId.id_kp_clientAuth, List.of(), newKeys());
    }

    /** The same with an RSA key: fabric8's client takes every PKCS #8 key for an RSA key. */
    Identity clientWithRsaKey(String fileName, String user, List<String> groups) {
        return issue(fileName, subject(user, groups), KeyPurposeId.id_kp_clientAuth, List.of(), newRsaKeys());
    }

    /** A server certificate for these DNS names and IP addresses. */
    Identity server(String fileName, List<String> dnsNames, List<String> addresses) {
        List<GeneralName> names = new ArrayList<>();
        dnsNames.forEach(name -> names.add(new GeneralName(GeneralName.dNSName, name)));
        addresses.forEach(address -> names.add(new GeneralName(GeneralName.iPAddress, address)));
        return issue(fileName, subject(fileName, List.of()), KeyPurposeId.id_kp_serverAuth, names, newKeys());
    }

    /** A key pair without a certificate: service-account tokens are signed with it. */
    static Identity keyPair(String fileName, Path directory) {
        KeyPair keys = newKeys();
        return new Identity(
                write(directory.resolve(fileName + ".pub"), keys.getPublic()),
                write(directory.resolve(fileName + ".key"), privateKey(keys)));
    }

    private Identity issue(
            String fileName, X500Name name, KeyPurposeId purpose, List<GeneralName> alternatives, KeyPair leafKeys) {
        try {
            X509v3CertificateBuilder builder = builder(subject, name, leafKeys);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            // A server's certificate is also good as a client's: etcd calls itself with it.
            KeyPurposeId[] purposes = purpose.equals(KeyPurposeId.id_kp_serverAuth)
                    ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}
                    : new KeyPurposeId[] {purpose};
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
            if (!alternatives.isEmpty()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(alternatives.toArray(GeneralName[]::new)));
            }
            return new Identity(
                    write(directory.resolve(fileName + ".crt"), sign(builder, keys)),
                    write(directory.resolve(fileName + ".key"), privateKey(leafKeys)));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make the certificate " + fileName, e);
        }
    }

    private static X500Name subject(String commonName, List<String> organizations) {
        X500NameBuilder name = new X500NameBuilder();
        organizations.forEach(organization -> name.addRDN(BCStyle.O, organization));
        return name.addRDN(BCStyle.CN, commonName).build();
    }

    private static X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys) {
        Instant now = Instant.now();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(120, RANDOM),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(VALIDITY)),
                subject,
                keys.getPublic());
    }

    private static Object sign(X509v3CertificateBuilder builder, KeyPair issuerKeys) {
        try {
            return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKeys.getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("This JVM cannot sign with ECDSA", e);
        }
    }

    /** In PKCS #8, which Go and Java both read. */
    private static PemObject privateKey(KeyPair keys) {
        return new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make P-256 keys", e);
        }
    }

    private static KeyPair newRsaKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM cannot make RSA keys", e);
        }
    }

    private static Path write(Path file, Object pemObject) {
        StringWriter text = new StringWriter();
        try {
            try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
                pem.writeObject(pemObject);
            }
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text.toString());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}
