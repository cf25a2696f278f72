package io.llmservice.localcluster.engine;

import io.llmservice.planner.vllm.Problem;

/** An engine ended before it served: with the code and the last words that {@code vllm serve} would have had. */
public final class EngineExitException extends Exception {
    private static final int USAGE = 2;
    private static final int FAILURE = 1;

    private final int exitCode;

    private EngineExitException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** 2 for arguments that the parser refuses, 1 for what fails later. */
    public int exitCode() {
        return exitCode;
    }

    static EngineExitException refusal(Problem problem) {
        return new EngineExitException(
                USAGE, "usage: vllm serve [model_tag] [options]\nvllm serve: error: " + words(problem));
    }

    static EngineExitException failure(String message) {
        return new EngineExitException(FAILURE, message);
    }

    /** The words of Python's argparse. */
    private static String words(Problem problem) {
        return switch (problem) {
            case Problem.UnknownFlag unknown -> "unrecognized arguments: " + unknown.flag();
            case Problem.StrayValue stray -> "unrecognized arguments: " + stray.value();
            case Problem.AmbiguousFlag ambiguous ->
                "ambiguous option: " + ambiguous.flag() + " could match " + String.join(", ", ambiguous.candidates());
            case Problem.BadChoice choice ->
                "argument " + choice.flag() + ": invalid choice: '" + choice.value() + "' (choose from '"
                        + String.join("', '", choice.choices()) + "')";
            case Problem.BadValue value -> "argument " + value.flag() + ": invalid value: '" + value.value() + "'";
            case Problem.MissingValue missing -> "argument " + missing.flag() + ": expected one argument";
            case Problem.UnexpectedValue value ->
                "argument " + value.flag() + ": ignored explicit argument '" + value.value() + "'";
        };
    }
}
