package io.llmservice.operator.metricsapi.tls;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps credentials as a Secret would, with a version that a write must find. */
public final class MemoryCredentialStore implements CredentialStore {
    private int version;
    private @Nullable Credentials credentials;

    /** A certificate for the names, in a store of its own. */
    public static ServingCertificate certificate(Clock clock, String dnsName) {
        ServingCertificate certificate = new ServingCertificate(new MemoryCredentialStore(), List.of(dnsName), clock);
        certificate.refresh();
        return certificate;
    }

    @Override
    public synchronized Stored read() {
        return new Stored(
                version == 0 ? Optional.empty() : Optional.of(Integer.toString(version)),
                Optional.ofNullable(credentials));
    }

    @Override
    public synchronized boolean write(Stored before, Credentials written) {
        if (!before.version().equals(read().version())) {
            return false;
        }
        version++;
        credentials = written;
        return true;
    }

    synchronized int writes() {
        return version;
    }

    /** As if somebody had put nonsense into the Secret. */
    synchronized void spoil() {
        version++;
        credentials = null;
    }
}
