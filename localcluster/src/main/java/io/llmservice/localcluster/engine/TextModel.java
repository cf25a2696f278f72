package io.llmservice.localcluster.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for a model and its tokenizer: the next token is a function of all tokens before it and nothing else, so the
 * same prompt always gets the same answer, and a prompt that continues one by its token ids gets the answer's rest. The
 * words come from a short text, each chosen among those that follow the last one there.
 */
final class TextModel {
    /** The id that ends an answer. */
    static final int END = 1;

    private static final int FIRST_WORD = 10;
    private static final int FIRST_PIECE = 10_000;
    private static final int PIECES = 100_000;
    private static final int SENTENCES_BEFORE_END = 6;
    private static final Pattern PIECE = Pattern.compile("\\s?\\w{1,5}|\\s?[^\\w\\s]|\\s");

    private final List<String> words;
    private final Map<String, Integer> ids;
    private final Map<Integer, List<Integer>> followers;
    private final List<Integer> openers;

    private TextModel(
            List<String> words,
            Map<String, Integer> ids,
            Map<Integer, List<Integer>> followers,
            List<Integer> openers) {
        this.words = words;
        this.ids = ids;
        this.followers = followers;
        this.openers = openers;
    }

    /** The model whose words are those of the resource {@code words.txt}, one sentence a line. */
    static TextModel load() {
        List<String> sentences;
        try (InputStream text = TextModel.class.getResourceAsStream("words.txt")) {
            if (text == null) {
                throw new IllegalStateException("The jar lacks its resource words.txt");
            }
            sentences = new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        Map<Integer, List<Integer>> followers = new HashMap<>();
        List<Integer> openers = new ArrayList<>();
        for (String sentence : sentences) {
            int last = -1;
            for (String word : sentence.split(" ", -1)) {
                int id = ids.computeIfAbsent(" " + word, added -> FIRST_WORD + ids.size());
                (last < 0 ? openers : followers.computeIfAbsent(last, key -> new ArrayList<>())).add(id);
                last = id;
            }
        }
        return new TextModel(List.copyOf(ids.keySet()), ids, followers, List.copyOf(openers));
    }

    /** The token ids of a text: a word that the model knows is one token, anything else a token per few letters. */
    List<Integer> encode(String text) {
        List<Integer> tokens = new ArrayList<>();
        Matcher pieces = PIECE.matcher(text);
        int position = 0;
        while (position < text.length()) {
            int known = knownWord(text, position);
            if (known > 0) {
                tokens.add(id(text.substring(position, known)));
                position = known;
            } else if (pieces.find(position)) {
                tokens.add(FIRST_PIECE + Math.floorMod(pieces.group().hashCode(), PIECES));
                position = pieces.end();
            } else {
                position = text.length();
            }
        }
        return tokens;
    }

    /** What a token of an answer reads as; empty for tokens that only prompts have. */
    String text(int token) {
        int index = token - FIRST_WORD;
        return index >= 0 && index < words.size() ? words.get(index) : "";
    }

    /** Begins an answer after {@code prompt}. */
    Answer answer(List<Integer> prompt) {
        return new Answer(prompt);
    }

    /** The tokens of one answer, one after the other. */
    final class Answer {
        private long state = 0x9E3779B97F4A7C15L;
        private int last = -1;

        private Answer(List<Integer> prompt) {
            prompt.forEach(this::take);
        }

        /** The next token, {@link #END} if the answer is complete; an endless answer never is. */
        int next(boolean endless) {
            int chosen = choose(endless);
            take(chosen);
            return chosen;
        }

        private int choose(boolean endless) {
            List<Integer> candidates = followers.getOrDefault(last, List.of());
            if (!candidates.isEmpty()) {
                return candidates.get(pick(candidates.size()));
            }
            boolean afterSentence = last >= FIRST_WORD && last < FIRST_WORD + words.size();
            boolean complete = afterSentence && pick(SENTENCES_BEFORE_END) == 0;
            return complete && !endless ? END : openers.get(pick(openers.size()));
        }

        private int pick(int bound) {
            return (int) Long.remainderUnsigned(mixed(state), bound);
        }

        private void take(int token) {
            state = mixed(state ^ token) * 31 + token;
            last = token;
        }
    }

    /** Where the known word that starts at {@code position} ends, or 0. */
    private int knownWord(String text, int position) {
        if (text.charAt(position) != ' ') {
            return 0;
        }
        int end = text.indexOf(' ', position + 1);
        int until = end < 0 ? text.length() : end;
        return ids.containsKey(text.substring(position, until)) ? until : 0;
    }

    private int id(String word) {
        return ids.getOrDefault(word, 0);
    }

    /** The finalizer of SplitMix64, which spreads every bit of the input over all of the output. */
    private static long mixed(long value) {
        long first = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }
}
