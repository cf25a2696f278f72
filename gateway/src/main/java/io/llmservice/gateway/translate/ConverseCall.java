package io.llmservice.gateway.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A request of Bedrock's Converse, free of the SDK's types.
 *
 * @param system texts of the system prompt
 * @param turns messages, user and assistant in turn, the user first
 * @param inference how to generate
 * @param tools what the model may call
 * @param choice whether it must; empty leaves it to the model
 */
public record ConverseCall(
        List<String> system, List<Turn> turns, Inference inference, List<Tool> tools, Optional<Choice> choice) {

    public ConverseCall {
        system = List.copyOf(system);
        turns = List.copyOf(turns);
        tools = List.copyOf(tools);
    }

    /** One message. */
    public record Turn(boolean user, List<Block> blocks) {
        public Turn {
            blocks = List.copyOf(blocks);
        }
    }

    /** A part of a message. */
    public sealed interface Block {

        record Text(String text) implements Block {}

        /**
         * A picture.
         *
         * @param format png, jpeg, gif or webp
         * @param base64 the image
         */
        record Image(String format, String base64) implements Block {}

        record ToolUse(String id, String name, JsonNode input) implements Block {}

        record ToolResult(String id, String text) implements Block {}
    }

    /** Bounds of the generation; what is absent is the model's default. */
    public record Inference(
            Optional<Integer> maxTokens,
            Optional<Double> temperature,
            Optional<Double> topP,
            List<String> stopSequences) {
        public Inference {
            stopSequences = List.copyOf(stopSequences);
        }
    }

    /** A function that the model may call, with the JSON schema of its parameters. */
    public record Tool(String name, Optional<String> description, JsonNode schema) {}

    /** What the model must call. */
    public sealed interface Choice {

        record Any() implements Choice {}

        record Named(String name) implements Choice {}
    }
}
