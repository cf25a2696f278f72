package io.llmservice.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refusals in the form that OpenAI's SDKs read, as a document or as an event of a stream. */
public final class OpenAiErrors {

    /** SDKs that are told to ask again do so within seconds, whatever Retry-After says beyond a minute. */
    private static final int SOON_SECONDS = 60;

    private static final JsonFactory JSON = new JsonFactory();

    private OpenAiErrors() {}

    /** {@code {"error": {"message", "type", "param", "code"}}} in UTF-8. */
    public static byte[] body(Refusal refusal) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", refusal.message());
            json.writeStringField("type", refusal.type());
            if (refusal.param().isPresent()) {
                json.writeStringField("param", refusal.param().get());
            } else {
                json.writeNullField("param");
            }
            json.writeStringField("code", refusal.code());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** The same as one server-sent event. */
    public static byte[] event(Refusal refusal) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("data: ".getBytes(UTF_8));
        out.writeBytes(body(refusal));
        out.writeBytes("\n\n".getBytes(UTF_8));
        return out.toByteArray();
    }

    /** Headers that go with it. SDKs ask again by themselves for many statuses unless they are told not to. */
    public static Map<String, String> headers(Refusal refusal) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", "application/json");
        headers.put(
                "x-should-retry",
                Boolean.toString(refusal.retryAfterSeconds()
                        .filter(seconds -> seconds <= SOON_SECONDS)
                        .isPresent()));
        refusal.retryAfterSeconds().ifPresent(seconds -> headers.put("retry-after", Integer.toString(seconds)));
        return headers;
    }
}
