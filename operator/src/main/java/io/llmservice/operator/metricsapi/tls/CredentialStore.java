package io.llmservice.operator.metricsapi.tls;

import java.util.Optional;

/** Where all replicas find the one set of credentials. */
interface CredentialStore {

    Stored read();

    /**
     * Writes only if nobody has written since {@code before} was read.
     *
     * @return false if somebody has
     */
    boolean write(Stored before, Credentials credentials);

    /**
     * What a read found.
     *
     * @param version what the write must still find; empty where nothing is stored yet
     * @param credentials empty too where what is stored cannot be read
     */
    record Stored(Optional<String> version, Optional<Credentials> credentials) {}
}
