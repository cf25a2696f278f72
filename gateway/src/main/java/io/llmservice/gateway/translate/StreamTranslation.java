package io.llmservice.gateway.translate;

import java.util.List;

/**
 * Turns the events of one upstream stream into server-sent events, each in a byte array of its own. Used by one thread at
 * a time.
 *
 * @param <E> an event of the upstream
 */
public interface StreamTranslation<E> {

    /** What an event becomes; nothing, if it has nothing for the client. */
    List<byte[]> next(E event);

    /** What follows when the upstream has ended; an error event if it ended too early. */
    List<byte[]> end();

    /** What follows when the upstream has failed. */
    List<byte[]> fail(ErrorBody error);
}
