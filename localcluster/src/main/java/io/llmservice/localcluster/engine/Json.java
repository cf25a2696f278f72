package io.llmservice.localcluster.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The JSON of requests and answers. */
final class Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode numbers(List<Integer> numbers) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(numbers.size());
        numbers.forEach(array::add);
        return array;
    }

    /** Reads a request's body, which must be an object. */
    static ObjectNode request(HttpRequest request) throws ApiException {
        String type = request.header("content-type").orElse("application/json");
        if (!type.startsWith("application/json")) {
            throw ApiException.unsupportedMediaType();
        }
        JsonNode body;
        try {
            body = MAPPER.readTree(request.body());
        } catch (JsonProcessingException broken) {
            long offset =
                    broken.getLocation() == null ? 0 : broken.getLocation().getCharOffset();
            throw ApiException.invalid("json_invalid", "body." + Math.max(0, offset), "JSON decode error");
        }
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid("model_attributes_type", "body", "Input should be a valid dictionary");
    }
}
