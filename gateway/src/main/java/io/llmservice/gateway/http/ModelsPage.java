package io.llmservice.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.llmservice.gateway.route.ServiceRoute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/** The models in the form that {@code /v1/models} has. */
final class ModelsPage {

    private static final JsonFactory JSON = new JsonFactory();

    private ModelsPage() {}

    static byte[] list(List<ServiceRoute> routes) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (ServiceRoute route : routes) {
                write(json, route);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    static byte[] one(ServiceRoute route) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(json, route);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, ServiceRoute route) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", route.model());
        json.writeStringField("object", "model");
        json.writeNumberField("created", seconds(route.created()));
        json.writeStringField("owned_by", route.key().namespace());
        json.writeEndObject();
    }

    private static long seconds(String created) {
        try {
            return Instant.parse(created).getEpochSecond();
        } catch (DateTimeException none) {
            return 0;
        }
    }
}
