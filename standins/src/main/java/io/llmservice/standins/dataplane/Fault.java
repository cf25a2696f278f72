package io.llmservice.standins.dataplane;

/** What goes wrong with a request to a stand-in. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** Too many requests. */
    THROTTLE,
    /** The identity lacks a right. */
    ACCESS_DENIED,
    /** The request is not valid. */
    VALIDATION,
    /** Model or endpoint is not there. */
    NOT_FOUND,
    /** The model is still loading. */
    NOT_READY,
    /** The model took too long. */
    MODEL_TIMEOUT,
    /** The service is down. */
    UNAVAILABLE,
    /** The service broke. */
    INTERNAL,
    /** The container behind the service answered with an error of its own. */
    CONTAINER,
    /** A stream ends with an exception event after three tokens. */
    MID_STREAM,
    /** A stream begins with an exception event. */
    FIRST_EVENT,
    /** The connection is reset before the response. */
    DROP,
    /** The connection is reset in the middle of a stream. */
    DROP_MID_STREAM,
    /** There is no response until the client leaves. */
    HANG
}
