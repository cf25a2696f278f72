package io.llmservice.gateway.upstream;

/**
 * Where an HTTP upstream listens.
 *
 * @param name by which messages speak of it
 * @param host to connect to
 * @param port to connect to
 * @param tls whether to encrypt
 * @param resends whether a request may be sent once more when a kept connection turns out to be dead
 */
public record HttpDestination(String name, String host, int port, boolean tls, boolean resends) {}
