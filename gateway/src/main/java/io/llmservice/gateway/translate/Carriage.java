package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmservice.gateway.request.ApiRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which requests each kind of target can carry. */
public final class Carriage {

    private Carriage() {}

    /** Whether a kind of target has a route. */
    public static boolean hasRoute(Dialect dialect, ApiRoute route) {
        return switch (dialect) {
            case OPEN_AI -> true;
            case BEDROCK_MANTLE -> route == ApiRoute.CHAT_COMPLETIONS || route == ApiRoute.RESPONSES;
            case CONVERSE, BEDROCK_RUNTIME, SAGEMAKER_OPEN_AI, LMI, TGI -> route == ApiRoute.CHAT_COMPLETIONS;
        };
    }

    /** Whether a dialect looks into a body at all. */
    public static boolean translates(Dialect dialect) {
        return FieldTable.of(dialect).isPresent();
    }

    /** Why a request cannot be carried, holding nothing of a prompt; empty if it can. */
    public static Optional<String> cannotCarry(Dialect dialect, ApiRoute route, JsonNode body) {
        if (!hasRoute(dialect, route)) {
            return Optional.of(dialect.title() + " does not carry " + route.path());
        }
        var table = FieldTable.of(dialect);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        for (var field : body.properties()) {
            if (table.get().rule(field.getKey()) instanceof FieldRule.Kept kept
                    && !kept.asksForNothing(field.getValue())) {
                return Optional.of(dialect.title() + " does not carry " + field.getKey());
            }
        }
        return dialect == Dialect.CONVERSE
                        && ConverseTranslation.translate(body) instanceof ConverseTranslation.Result.NotCarried none
                ? Optional.of(none.reason())
                : Optional.empty();
    }

    /** Hints that a request has and a target does not take, in the order of the request. */
    public static List<String> dropped(Dialect dialect, JsonNode body) {
        var dropped = new ArrayList<String>();
        FieldTable.of(dialect)
                .ifPresent(table -> body.properties().stream()
                        .filter(field -> !field.getValue().isNull())
                        .map(field -> field.getKey())
                        .filter(field -> table.rule(field) instanceof FieldRule.Dropped)
                        .forEach(dropped::add));
        return dropped;
    }

    /** The fields that a dialect carries, as the request has them. */
    static ObjectNode carried(Dialect dialect, JsonNode body) {
        ObjectNode carried = body.deepCopy();
        FieldTable.of(dialect)
                .ifPresent(table -> carried.retain(body.properties().stream()
                        .map(field -> field.getKey())
                        .filter(field -> table.rule(field) instanceof FieldRule.Carried)
                        .toList()));
        return carried;
    }
}
