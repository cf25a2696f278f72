package io.llmservice.gateway.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * The head of an answer, with its body to come. The body is paused until somebody reads it, and honours pause and fetch.
 *
 * @param status HTTP status
 * @param headers headers of the answer
 * @param body bytes in OpenAI's form: a JSON document, or server-sent events
 * @param cancel ends the work upstream; does nothing once the body has ended
 */
public record UpstreamResponse(int status, MultiMap headers, ReadStream<Buffer> body, Runnable cancel) {}
