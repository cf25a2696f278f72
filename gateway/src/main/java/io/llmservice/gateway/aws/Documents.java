package io.llmservice.gateway.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Between Jackson's trees and the SDK's documents. */
final class Documents {

    private Documents() {}

    static Document of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> {
                var items = new ArrayList<Document>(node.size());
                node.forEach(item -> items.add(of(item)));
                yield Document.fromList(items);
            }
            case STRING -> Document.fromString(node.asText());
            case BOOLEAN -> Document.fromBoolean(node.asBoolean());
            case NUMBER -> Document.fromNumber(node.asText());
            case NULL, MISSING, BINARY, POJO -> Document.fromNull();
        };
    }

    private static Document object(JsonNode node) {
        Map<String, Document> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), of(field.getValue())));
        return Document.fromMap(fields);
    }

    static JsonNode tree(Document document) {
        var nodes = JsonNodeFactory.instance;
        if (document.isMap()) {
            ObjectNode object = nodes.objectNode();
            document.asMap().forEach((name, value) -> object.set(name, tree(value)));
            return object;
        }
        if (document.isList()) {
            var array = nodes.arrayNode();
            List<Document> items = document.asList();
            items.forEach(item -> array.add(tree(item)));
            return array;
        }
        if (document.isString()) {
            return nodes.textNode(document.asString());
        }
        if (document.isBoolean()) {
            return nodes.booleanNode(document.asBoolean());
        }
        if (document.isNumber()) {
            return nodes.numberNode(document.asNumber().bigDecimalValue());
        }
        return nodes.nullNode();
    }
}
