package io.llmservice.standins.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.llmservice.standins.dataplane.ChatAnswer;
import java.util.ArrayList;
import java.util.List;

/** How the container behind an endpoint writes its stream. */
public enum Container {
    /** LMI with an older handler: one JSON document a line. */
    LMI_LINES,
    /** LMI on vLLM: server-sent events. */
    LMI_EVENTS,
    /** TGI's Messages API: server-sent events without a space after the colon. */
    TGI,
    /** TGI's own form, one token an event. */
    TGI_TOKENS;

    /** The lines of an answer; together they are what the container writes. */
    List<String> write(ChatAnswer answer) {
        var lines = new ArrayList<String>();
        switch (this) {
            case LMI_LINES -> answer.chunks().forEach(chunk -> lines.add(chunk + "\n"));
            case LMI_EVENTS -> {
                answer.chunks().forEach(chunk -> lines.add("data: " + chunk + "\n\n"));
                lines.add("data: [DONE]\n\n");
            }
            case TGI -> {
                answer.chunks().forEach(chunk -> lines.add("data:" + chunk + "\n\n"));
                lines.add("data:[DONE]\n\n");
            }
            case TGI_TOKENS -> tokens(answer, lines);
        }
        return lines;
    }

    private static void tokens(ChatAnswer answer, List<String> lines) {
        int index = 0;
        for (var word : answer.words()) {
            var event = JsonNodeFactory.instance.objectNode();
            event.put("index", ++index)
                    .putObject("token")
                    .put("id", index)
                    .put("text", word)
                    .put("special", false);
            if (index == answer.words().size()) {
                event.put("generated_text", String.join("", answer.words()));
                event.putObject("details")
                        .put("finish_reason", answer.finish().equals("stop") ? "eos_token" : "length")
                        .put("generated_tokens", index)
                        .put("input_length", answer.promptTokens());
            } else {
                event.putNull("generated_text").putNull("details");
            }
            lines.add("data:" + event + "\n\n");
        }
    }
}
