package io.llmservice.gateway.upstream;

import java.util.function.Predicate;

/**
 * Where an HTTP upstream listens.
 *
 * @param name by which messages speak of it
 * @param host to connect to
 * @param port to connect to
 * @param tls whether to encrypt
 * @param resends whether a request may be sent once more when a kept connection turns out to be dead
 * @param reachable whether an IP address that the host turned out to be may be connected to: a name must not be bent to
 *     where its owner may not go
 */
public record HttpDestination(
        String name, String host, int port, boolean tls, boolean resends, Predicate<String> reachable) {}
