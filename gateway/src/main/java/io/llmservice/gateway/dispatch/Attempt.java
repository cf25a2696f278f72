package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.request.Usage;

/** One request at one pod or target, from the decision to its end. */
public interface Attempt {

    /** The first token, or the whole body of an answer that is not streamed, has come. */
    void firstToken();

    /** More of a streamed answer came. May be called for every chunk: it costs next to nothing. */
    default void progress() {}

    /** How it went; called exactly once. */
    void end(Outcome outcome, Usage usage);

    /** How an attempt went. */
    enum Outcome {
        /** Answered, or refused as the client's own fault. */
        ANSWERED,
        /** The client left. Says nothing of the upstream. */
        CANCELLED,
        /** No connection, reset, 5xx or an error as the first event, before the first byte went to the client. */
        FAILED_BEFORE_FIRST_BYTE,
        /** Ended in the middle of an answer. */
        FAILED_MIDWAY,
        /** Full: 503 or 429 of a bounded queue. The pod is healthy. */
        BUSY,
        /** A pod that is being deleted would take nothing new. Says nothing of the others. */
        GOING
    }
}
