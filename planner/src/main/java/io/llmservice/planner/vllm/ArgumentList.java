package io.llmservice.planner.vllm;

import io.llmservice.planner.vllm.ArgumentRewriter.DottedKey;
import io.llmservice.planner.vllm.ArgumentRewriter.Token;
import io.llmservice.planner.vllm.NameMatch.Ambiguous;
import io.llmservice.planner.vllm.NameMatch.Named;
import io.llmservice.planner.vllm.NameMatch.Unknown;
import io.llmservice.planner.vllm.NameMatch.Value;
import io.llmservice.planner.vllm.Problem.AmbiguousFlag;
import io.llmservice.planner.vllm.Problem.MissingValue;
import io.llmservice.planner.vllm.Problem.StrayValue;
import io.llmservice.planner.vllm.Problem.UnexpectedValue;
import io.llmservice.planner.vllm.Problem.UnknownFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An argument list as Python's argparse reads it after vLLM's rewriting: which flag each argument means, and which
 * values it takes.
 */
final class ArgumentList {
    private final VllmFlags flags;
    private final List<Token> tokens;
    private final List<Use> uses = new ArrayList<>();
    private final List<Problem> problems;
    private int position;

    private ArgumentList(VllmFlags flags, List<String> arguments) {
        ArgumentRewriter.Rewritten rewritten = ArgumentRewriter.rewrite(arguments);
        this.flags = flags;
        this.tokens = rewritten.tokens();
        this.problems = new ArrayList<>(rewritten.problems());
    }

    /**
     * One flag and its values.
     *
     * @param name which of the flag's names was meant
     * @param keys the JSON keys that were given one by one, if any were
     */
    record Use(int index, Flag flag, String name, List<String> values, List<DottedKey> keys) {
        Use {
            values = List.copyOf(values);
            keys = List.copyOf(keys);
        }

        /** Whether the flag is switched off. */
        boolean negated() {
            return flag.isSwitch() && name.startsWith("--no-");
        }
    }

    /** All that was understood, and all that was not, each in the order of the list. */
    record Read(List<Use> uses, List<Problem> problems) {}

    static Read read(VllmFlags flags, List<String> arguments) {
        ArgumentList list = new ArgumentList(flags, arguments);
        while (list.position < list.tokens.size()) {
            list.readNext();
        }
        list.uses.sort(Comparator.comparingInt(Use::index));
        list.problems.sort(Comparator.comparingInt(Problem::index));
        return new Read(List.copyOf(list.uses), List.copyOf(list.problems));
    }

    private void readNext() {
        Token token = tokens.get(position++);
        int index = token.index();
        switch (flags.match(token.text())) {
            case Named named -> readNamed(token, named);
            case Ambiguous ambiguous -> problems.add(new AmbiguousFlag(index, token.text(), ambiguous.candidates()));
            case Unknown unknown ->
                problems.add(new UnknownFlag(index, unknown.name(), flags.nearest(unknown.name()), flags.version()));
            case Value value -> problems.add(new StrayValue(index, value.text()));
        }
    }

    private void readNamed(Token token, Named named) {
        if (!token.keys().isEmpty()) {
            readKeys(token, named);
        } else if (!named.attached().isEmpty()) {
            readAttached(token.index(), named, named.attached().getFirst());
        } else {
            readFollowing(token.index(), named);
        }
    }

    private void readKeys(Token token, Named named) {
        Flag flag = named.flag();
        List<String> object = List.of("{}");
        if (flag.isSwitch()) {
            problems.add(new UnexpectedValue(
                    token.index(), flag.name(), token.keys().getFirst().path()));
        } else {
            flag.problem(token.index(), object.getFirst()).ifPresent(problems::add);
        }
        uses.add(new Use(token.index(), flag, named.name(), object, token.keys()));
    }

    private void readAttached(int index, Named named, String value) {
        Flag flag = named.flag();
        if (flag.isSwitch()) {
            problems.add(new UnexpectedValue(index, flag.name(), value));
            uses.add(new Use(index, flag, named.name(), List.of(), List.of()));
            return;
        }
        flag.problem(index, value).ifPresent(problems::add);
        uses.add(new Use(index, flag, named.name(), List.of(value), List.of()));
    }

    private void readFollowing(int index, Named named) {
        Flag flag = named.flag();
        int most = switch (flag.arity()) {
            case NONE -> 0;
            case ONE, OPTIONAL -> 1;
            case ONE_OR_MORE -> Integer.MAX_VALUE;
        };
        List<String> values = new ArrayList<>();
        while (values.size() < most
                && position < tokens.size()
                && flags.match(tokens.get(position).text()) instanceof Value value
                && !value.separator()) {
            flag.problem(tokens.get(position).index(), value.text()).ifPresent(problems::add);
            values.add(value.text());
            position++;
        }
        if (values.isEmpty() && (flag.arity() == Flag.Arity.ONE || flag.arity() == Flag.Arity.ONE_OR_MORE)) {
            problems.add(new MissingValue(index, flag.name()));
        }
        uses.add(new Use(index, flag, named.name(), values, List.of()));
    }
}
