package io.llmservice.operator.metricsapi.pods;

/** Says what is wrong with a label selector, in words for whoever sent it. */
public final class MalformedSelectorException extends Exception {
    private final String problem;

    MalformedSelectorException(String problem) {
        super(problem);
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }
}
