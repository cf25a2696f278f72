package io.llmservice.gateway.request;

/** What came of reading a request's body. */
public sealed interface Scanned {

    /** It is a JSON object that can be sent on. */
    record Found(RequestScan scan, BodyMarks marks) implements Scanned {}

    /** It can't be sent on. */
    record Refused(Refusal refusal) implements Scanned {}
}
