package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.tenth;

import io.llmservice.planner.catalogue.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** An estimate of the time from a pending pod to the first answer when no node is warm, step by step. */
public record ColdStart(List<Step> steps) {
    /** From launch to a Ready node with its GPUs announced; machines with eight GPUs take longer to boot. */
    private static final int NODE_SECONDS = 75;

    private static final int LARGE_NODE_SECONDS = 120;

    /** About 10 GiB compressed, bound by unpacking. */
    private static final int IMAGE_SECONDS = 80;

    /** Python's imports, process start and NCCL. */
    private static final int ENGINE_SECONDS = 25;

    /** From the node's disk or page cache to the GPUs. */
    private static final double LOAD_GIB_PER_SECOND = 2;

    /** Compilation and CUDA graphs: a fixed part and one by layer. */
    private static final double COMPILE_SECONDS = 30;

    private static final double COMPILE_SECONDS_PER_LAYER = 0.5;

    public ColdStart {
        steps = List.copyOf(steps);
    }

    /** One step, what it waits for, and the seconds it takes. */
    public record Step(String name, int seconds) {}

    static ColdStart of(SizingRequest request, InstanceType type) {
        double weights = request.checkpointGiB();
        WeightSource source = request.model().source();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step("node", type.gpuCount() >= 8 ? LARGE_NODE_SECONDS : NODE_SECONDS));
        steps.add(new Step("image", IMAGE_SECONDS));
        steps.add(new Step(
                "weights " + tenth(weights) + " GiB from " + source.words() + " at " + tenth(source.gibPerSecond())
                        + " GiB/s",
                (int) Math.ceil(weights / source.gibPerSecond())));
        if (source.onNodeDisk()) {
            steps.add(new Step("load to GPU", (int) Math.ceil(weights / LOAD_GIB_PER_SECOND)));
        }
        double compile = COMPILE_SECONDS
                + COMPILE_SECONDS_PER_LAYER * request.architecture().layers();
        steps.add(new Step("compile and CUDA graphs", (int) Math.ceil(compile)));
        steps.add(new Step("engine start", ENGINE_SECONDS));
        return new ColdStart(steps);
    }

    public int seconds() {
        return steps.stream().mapToInt(Step::seconds).sum();
    }

    /** {@code about 265 s without a warm node: node 75 s + image 80 s + …}. */
    public String sentence() {
        return "about " + seconds() + " s without a warm node: "
                + steps.stream()
                        .map(step -> step.name() + " " + step.seconds() + " s")
                        .collect(Collectors.joining(" + "));
    }
}
