package io.llmservice.gateway.upstream;

import org.jspecify.annotations.Nullable;

/** An upstream gave no response head. The message names the upstream and the cause, and holds nothing of the request. */
public final class UpstreamException extends RuntimeException {

    private final Cause kind;

    public UpstreamException(Cause kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Cause kind() {
        return kind;
    }

    /** What happened. */
    public enum Cause {
        /** No connection; nothing was sent. */
        NOT_CONNECTED,
        /** The connection ended before the response began. */
        RESET,
        /** The first byte took too long. */
        TIMED_OUT,
        /** The upstream may not be used: credentials, rights, quota. The message says which. */
        REFUSED
    }
}
