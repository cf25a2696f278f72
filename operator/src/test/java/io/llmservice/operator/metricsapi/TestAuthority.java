package io.llmservice.operator.metricsapi;

import io.llmservice.operator.metricsapi.tls.Pem;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** Signs client certificates, good ones and others. */
record TestAuthority(X509Certificate certificate, PrivateKey key) {

    /** What a client shows in the handshake. */
    record Client(X509Certificate certificate, PrivateKey key) {}

    static TestAuthority create(String name) throws Exception {
        KeyPair pair = pair();
        JcaX509v3CertificateBuilder builder = builder(name, name, pair, Duration.ofDays(1));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new TestAuthority(signed(builder, pair.getPrivate()), pair.getPrivate());
    }

    Client client(String name) throws Exception {
        return client(name, KeyPurposeId.id_kp_clientAuth, Duration.ofDays(1));
    }

    Client client(String name, KeyPurposeId purpose, Duration validFor) throws Exception {
        KeyPair pair = pair();
        JcaX509v3CertificateBuilder builder =
                builder(certificate.getSubjectX500Principal().getName().replace("CN=", ""), name, pair, validFor);
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        return new Client(signed(builder, key), pair.getPrivate());
    }

    String pem() {
        return Pem.text(List.of(certificate));
    }

    /** A client's context that trusts the servers of the bundle. */
    static SSLContext context(@Nullable Client client, String trustedPem) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        int number = 0;
        for (X509Certificate authority : Pem.certificates(trustedPem)) {
            trusted.setCertificateEntry("authority-" + number++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(client == null ? new KeyManager[0] : keys(client), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(Client client) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", client.key(), password, new X509Certificate[] {client.certificate()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, password);
        return factory.getKeyManagers();
    }

    @SuppressWarnings("JavaUtilDate") // What certificates are built with.
    private static JcaX509v3CertificateBuilder builder(String issuer, String subject, KeyPair pair, Duration validFor) {
        Instant from = Instant.now().minus(Duration.ofDays(2));
        return new JcaX509v3CertificateBuilder(
                new X500Principal("CN=" + issuer),
                BigInteger.valueOf(System.nanoTime()),
                Date.from(from),
                Date.from(from.plus(Duration.ofDays(2)).plus(validFor)),
                new X500Principal("CN=" + subject),
                pair.getPublic());
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, PrivateKey key) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static KeyPair pair() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
