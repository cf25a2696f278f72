package io.llmservice.planner.vllm;

import io.llmservice.planner.vllm.Problem.MissingValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What vLLM does to an argument list before argparse sees it: underscores in names become dashes, {@code -O3} becomes
 * {@code --optimization-level 3}, and dotted keys are gathered into one JSON value per flag at the end of the list. Read
 * from {@code vllm/utils/argparse_utils.py}, whose rewriting is the same in 0.18 to 0.32.
 */
final class ArgumentRewriter {
    private static final Set<String> LEVELS = Set.of("0", "1", "2", "3");

    private final List<String> arguments;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private ArgumentRewriter(List<String> arguments) {
        this.arguments = arguments;
    }

    /** One element of the list that argparse sees, and where in the original list it comes from. */
    record Token(int index, String text, List<DottedKey> keys) {
        Token {
            keys = List.copyOf(keys);
        }

        static Token plain(int index, String text) {
            return new Token(index, text, List.of());
        }
    }

    /** A JSON key that was given by itself, as in {@code --compilation-config.mode 3}. */
    record DottedKey(int index, String path, String value) {}

    /** The rewritten list, and what already went wrong. */
    record Rewritten(List<Token> tokens, List<Problem> problems) {}

    static Rewritten rewrite(List<String> arguments) {
        ArgumentRewriter rewriter = new ArgumentRewriter(arguments);
        rewriter.normalise();
        return new Rewritten(rewriter.gatherDottedKeys(), rewriter.problems);
    }

    /** One argument without its dotted keys and their value, in normal form: what is left to look up. */
    static String name(String argument) {
        int equals = argument.indexOf('=');
        String left = equals < 0 ? argument : argument.substring(0, equals);
        boolean dotted = left.startsWith("-") && left.indexOf('.') >= 0;
        String undotted = dotted ? left.substring(0, left.indexOf('.')) : argument;
        return rewrite(List.of(undotted)).tokens().getFirst().text();
    }

    private void normalise() {
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (argument.startsWith("--help=")) {
                add(index, "--help");
            } else if (argument.startsWith("--")) {
                add(index, dashed(argument));
            } else if (argument.startsWith("-O") && argument.length() > 2) {
                add(index, "--optimization-level");
                add(index, argument.substring(argument.charAt(2) == '=' ? 3 : 2));
            } else if (argument.equals("-O")
                    && index + 1 < arguments.size()
                    && LEVELS.contains(arguments.get(index + 1))) {
                add(index, "--optimization-level");
            } else {
                add(index, argument);
            }
        }
    }

    private void add(int index, String text) {
        tokens.add(Token.plain(index, text));
    }

    /** Dashes for underscores between the leading dashes and the first dot of the name. */
    private static String dashed(String argument) {
        int end = argument.length();
        for (char stop : new char[] {'=', '.'}) {
            int at = argument.indexOf(stop);
            end = at >= 0 ? Math.min(end, at) : end;
        }
        return argument.substring(0, end).replace('_', '-') + argument.substring(end);
    }

    private List<Token> gatherDottedKeys() {
        List<Token> kept = new ArrayList<>();
        Map<String, List<DottedKey>> gathered = new LinkedHashMap<>();
        for (int position = 0; position < tokens.size(); position++) {
            Token token = tokens.get(position);
            int equals = token.text().indexOf('=');
            String left = equals < 0 ? token.text() : token.text().substring(0, equals);
            if (!left.startsWith("-") || left.indexOf('.') < 0) {
                kept.add(token);
                continue;
            }
            String flag = left.substring(0, left.indexOf('.'));
            String path = left.substring(left.indexOf('.') + 1);
            if (equals < 0 && position + 1 == tokens.size()) {
                problems.add(new MissingValue(token.index(), left));
                continue;
            }
            String value =
                    equals < 0 ? tokens.get(++position).text() : token.text().substring(equals + 1);
            gathered.computeIfAbsent(flag, key -> new ArrayList<>())
                    .add(new DottedKey(
                            token.index(), path.endsWith("+") ? path.substring(0, path.length() - 1) : path, value));
        }
        gathered.forEach((flag, keys) -> kept.add(new Token(keys.getFirst().index(), flag, keys)));
        return kept;
    }
}
