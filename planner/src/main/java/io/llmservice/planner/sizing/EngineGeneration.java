package io.llmservice.planner.sizing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * vLLM's versions by how they spend GPU memory beside weights and cache. The figures explain published start-up logs (rows in the tests'
 * {@code published-start-up-logs.csv}) with 2.5 % median error on cache tokens.
 */
public enum EngineGeneration {
    /** Before 0.8: the sampler's profile run keeps several copies of the logits. */
    V0(0.20, 9.7, 0, 0),
    /** 0.8 to 0.20: CUDA graphs are captured after the cache is sized, outside the budget. */
    V1_TO_0_20(0.35, 2, 0, 0),
    /** From 0.21: the estimate of CUDA graphs is charged to the budget, and loading leaves workspaces that the log counts as weights. */
    V1_FROM_0_21(0.60, 2, 0.85, 0.04);

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+).*");

    /** CUDA graphs of a whole model on one GPU, GiB, wherever they are charged. */
    private static final double GRAPHS_GIB = 0.85;

    private final double baseGiB;
    private final double logitsCopies;
    private final double budgetedGraphsGiB;
    private final double workspaceGiB;

    EngineGeneration(double baseGiB, double logitsCopies, double budgetedGraphsGiB, double workspaceGiB) {
        this.baseGiB = baseGiB;
        this.logitsCopies = logitsCopies;
        this.budgetedGraphsGiB = budgetedGraphsGiB;
        this.workspaceGiB = workspaceGiB;
    }

    /** The generation of a version such as {@code 0.22.1} or {@code v0.18.0}; a tag that tells no version is taken as the newest. */
    public static EngineGeneration of(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches() || Integer.parseInt(matcher.group(1)) > 0) {
            return V1_FROM_0_21;
        }
        int minor = Integer.parseInt(matcher.group(2));
        return minor < 8 ? V0 : minor <= 20 ? V1_TO_0_20 : V1_FROM_0_21;
    }

    double baseGiB() {
        return baseGiB;
    }

    /** What the log counts as loaded beside the weights themselves, GiB. */
    double workspaceGiB() {
        return workspaceGiB;
    }

    double logitsCopies() {
        return logitsCopies;
    }

    /** CUDA graphs per GPU that come out of {@code --gpu-memory-utilization}, GiB. */
    double graphsInBudgetGiB(int tensorParallel) {
        return budgetedGraphsGiB / tensorParallel;
    }

    /** CUDA graphs per GPU that need room beside the budget, GiB. */
    double graphsBesideBudgetGiB(int tensorParallel) {
        return budgetedGraphsGiB > 0 ? 0 : GRAPHS_GIB / tensorParallel;
    }
}
