package io.llmservice.standins.dataplane;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the stand-ins say: a fixed text, word by word, or an echo of the first tool that they are offered.
 *
 * @param prefix the first word, so that a reader sees who answered
 * @param length words in an answer that is not cut short
 */
public record Answers(String prefix, int length) {

    private static final List<String> WORDS =
            List.of("the", "quick", "brown", "fox", "jumps", "over", "größte", "Hunde", "と", "🦊");

    public Answers {
        if (length < 1) {
            throw new IllegalArgumentException("An answer needs at least one word.");
        }
    }

    /** The words of an answer, at most {@code maxTokens} of them; each counts as a token. */
    public List<String> words(Optional<Integer> maxTokens) {
        int count = Math.min(length, maxTokens.orElse(length));
        var words = new ArrayList<String>(count);
        for (int index = 0; index < count; index++) {
            words.add(index == 0 ? prefix : " " + WORDS.get((index - 1) % WORDS.size()));
        }
        return words;
    }

    /** Whether {@code maxTokens} cuts an answer short. */
    public boolean isCut(Optional<Integer> maxTokens) {
        return maxTokens.orElse(length) < length;
    }

    /** Tokens of a prompt: a quarter of its characters, at least one. */
    public static int promptTokens(JsonNode messages) {
        return Math.max(1, messages.toString().length() / 4);
    }
}
