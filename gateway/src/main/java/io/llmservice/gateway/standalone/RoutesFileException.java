package io.llmservice.gateway.standalone;

/** A file of routes can't be used. The message says what is wrong in it, where, and what may stand there. */
public final class RoutesFileException extends Exception {

    RoutesFileException(String message) {
        super(message);
    }
}
