package io.llmservice.gateway.translate;

import io.llmservice.gateway.request.ApiRoute;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The page of the documentation that says what each kind of target carries. */
final class CarriagePage {

    private static final List<Dialect> TRANSLATING = List.of(Dialect.CONVERSE, Dialect.LMI, Dialect.TGI);

    private CarriagePage() {}

    static String render() {
        return """
            # What fallback targets carry

            Written from the code by `make docs`; do not edit.

            A target that cannot carry a request is skipped, and the next one is asked. If none is left, the answer is 503
            with the reason.

            ## Routes

            """ + routes() + """

            ## Fields of a chat completion

            Bedrock's and SageMaker's OpenAi dialects, `openAi` and `llmService` get the body as the client sent it, with
            the target's own model. The others translate:

            """ + fields() + """

            **dropped**: a hint; the request goes on without it, and the response names it in `x-llmservice-dropped-fields`.
            **no**: a request with this field is not carried, unless it has the value that asks for nothing. The same holds
            for every field that is not in this table.

            ## What else to know

            - The gateway never fetches an image's URL.
            - Converse wants user and assistant in turn: messages of one role that follow each other become one.
            - Converse has no place for a message's `name`, which is left out.
            - Converse's errors in a stream, and LMI's and TGI's, become an error event followed by `[DONE]`.
            - LMI containers before vLLM's asynchronous mode send no usage in a stream; the gateway then estimates tokens.
            - TGI before 3.0 needs `MESSAGES_API_ENABLED=true` on the container.
            - Which models Bedrock's OpenAI-compatible routes have differs by region and endpoint: see Bedrock's own list.
            """;
    }

    private static String routes() {
        var page = new StringBuilder("| route |");
        Arrays.stream(Dialect.values())
                .forEach(dialect -> page.append(" ").append(dialect.title()).append(" |"));
        page.append("\n|---|").append("---|".repeat(Dialect.values().length)).append("\n");
        for (var route : ApiRoute.values()) {
            page.append("| `").append(route.path()).append("` |");
            for (var dialect : Dialect.values()) {
                page.append(Carriage.hasRoute(dialect, route) ? " yes |" : " no |");
            }
            page.append("\n");
        }
        return page.toString();
    }

    private static String fields() {
        var page = new StringBuilder("| field |");
        TRANSLATING.forEach(dialect -> page.append(" ").append(dialect.title()).append(" |"));
        page.append("\n|---|---|---|---|\n");
        for (var field : FieldTable.FIELDS) {
            page.append("| `").append(field).append("` |");
            TRANSLATING.forEach(
                    dialect -> page.append(" ").append(cell(dialect, field)).append(" |"));
            page.append("\n");
        }
        return page.toString();
    }

    private static String cell(Dialect dialect, String field) {
        return switch (FieldTable.of(dialect).orElseThrow().rule(field)) {
            case FieldRule.Carried carried -> carried.limits().isEmpty() ? "yes" : "yes: " + carried.limits();
            case FieldRule.Dropped dropped -> "dropped";
            case FieldRule.Kept kept ->
                kept.neutral().isEmpty()
                        ? "no"
                        : "no, but for "
                                + kept.neutral().stream()
                                        .map(value -> "`" + value + "`")
                                        .collect(Collectors.joining(", "));
        };
    }
}
