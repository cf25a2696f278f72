package io.llmservice.operator.metricsapi.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.llmservice.operator.metricsapi.MutableClock;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ServingCertificateTest {
    private static final List<String> NAMES = List.of("metrics.llmservice-system.svc");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final MemoryCredentialStore store = new MemoryCredentialStore();

    @Test
    void firstReplicaIssuesAndAllServeTheSame() {
        ServingCertificate first = replica();
        ServingCertificate second = replica();

        first.refresh();
        second.refresh();

        assertThat(store.writes()).isEqualTo(1);
        assertThat(second.bundle()).isPresent().isEqualTo(first.bundle());
        assertThat(second.expiresAt()).hasValue(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void replicaThatComesSecondAtTheSameMomentTakesWhatIsThere() {
        ServingCertificate winner = replica();
        // Reads before the winner has written, and writes after.
        ServingCertificate loser = new ServingCertificate(
                new CredentialStore() {
                    private final AtomicReference<Stored> stale = new AtomicReference<>(store.read());

                    @Override
                    public Stored read() {
                        winner.refresh();
                        return Optional.ofNullable(stale.getAndSet(null)).orElseGet(store::read);
                    }

                    @Override
                    public boolean write(Stored before, Credentials credentials) {
                        return store.write(before, credentials);
                    }
                },
                NAMES,
                clock);

        loser.refresh();

        assertThat(store.writes()).isEqualTo(1);
        assertThat(loser.bundle()).isEqualTo(winner.bundle());
    }

    @Test
    void servingCertificateIsRenewedAfterTwoThirdsOfItsLifeByTheSameAuthority() throws Exception {
        ServingCertificate certificate = replica();
        certificate.refresh();
        Credentials before = stored();

        clock.advance(Duration.ofDays(59));
        certificate.refresh();
        assertThat(store.writes()).isEqualTo(1);

        clock.advance(Duration.ofDays(2));
        certificate.refresh();

        assertThat(store.writes()).isEqualTo(2);
        assertThat(stored().authorities()).isEqualTo(before.authorities());
        assertThat(stored().serving()).isNotEqualTo(before.serving());
        assertThat(stored().servingKey()).isNotEqualTo(before.servingKey());
        stored().serving().verify(before.authority().getPublicKey());
    }

    @Test
    void newAuthorityJoinsTheBundleAndTheFormerOneStaysUntilItExpires() {
        ServingCertificate certificate = replica();
        certificate.refresh();
        X509Certificate former = stored().authority();

        clock.advance(Duration.ofDays(2 * 3_650 / 3 + 2));
        certificate.refresh();
        X509Certificate serving = stored().serving();
        certificate.refresh();

        assertThat(stored().authorities()).hasSize(2).last().isEqualTo(former);
        assertThat(stored().serving())
                .as("still signed by the former authority")
                .isEqualTo(serving);
        clock.advance(Duration.ofDays(3_650 / 3 + 10));
        certificate.refresh();
        assertThat(stored().authorities()).hasSize(1).doesNotContain(former);
    }

    @Test
    void inThirtyYearsNoClientEverMeetsACertificateItCannotCheck() {
        ServingCertificate certificate = replica();
        Map<X509Certificate, Instant> known = new HashMap<>();
        Duration spread = Duration.ofDays(14);
        certificate.refresh();
        stored().authorities().forEach(authority -> known.put(authority, Instant.EPOCH));

        for (int week = 0; week < 30 * 52; week++) {
            Credentials now = stored();
            now.authorities().forEach(authority -> known.putIfAbsent(authority, clock.instant()));
            assertThat(now.authorities())
                    .as("week %d", week)
                    .filteredOn(authority -> known.getOrDefault(authority, Instant.MAX)
                            .isBefore(clock.instant().minus(spread)))
                    .anySatisfy(authority -> {
                        assertThatCode(() -> now.serving().verify(authority.getPublicKey()))
                                .doesNotThrowAnyException();
                        assertThat(authority.getNotAfter().toInstant()).isAfter(clock.instant());
                    });
            assertThat(now.serving().getNotAfter().toInstant()).isAfter(clock.instant());
            clock.advance(Duration.ofDays(7));
            certificate.refresh();
        }
    }

    @Test
    void otherNameIsReasonToRenew() throws Exception {
        replica().refresh();

        new ServingCertificate(store, List.of("other.llmservice-system.svc"), clock).refresh();

        assertThat(stored().serving().getSubjectAlternativeNames())
                .singleElement()
                .extracting(name -> name.get(1))
                .isEqualTo("other.llmservice-system.svc");
        assertThat(store.writes()).isEqualTo(2);
    }

    @Test
    void credentialsThatCannotBeReadAreMadeAnew() {
        ServingCertificate certificate = replica();
        certificate.refresh();
        Optional<String> before = certificate.bundle();
        store.spoil();

        certificate.refresh();

        assertThat(certificate.bundle()).isPresent().isNotEqualTo(before);
    }

    @Test
    void pemKeepsWhatItIsGiven() {
        Credentials credentials = new CertificateIssuer(NAMES, new SecureRandom()).issue(clock.instant());

        assertThat(Pem.certificates(credentials.bundle())).isEqualTo(credentials.authorities());
        assertThat(Pem.key(Pem.text(credentials.servingKey()))).isEqualTo(credentials.servingKey());
    }

    @Test
    void serviceNamesAsLongAsTheyGetFit() {
        String longest = "s".repeat(63) + "." + "n".repeat(63) + ".svc";

        assertThatCode(() -> new ServingCertificate(store, List.of(longest), Clock.systemUTC()).refresh())
                .doesNotThrowAnyException();
    }

    private Credentials stored() {
        return store.read().credentials().orElseThrow();
    }

    private ServingCertificate replica() {
        return new ServingCertificate(store, NAMES, clock);
    }
}
