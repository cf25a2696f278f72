package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;
import static io.llmservice.planner.sizing.Figures.price;
import static io.llmservice.planner.sizing.Figures.tenth;

import io.llmservice.planner.catalogue.InstanceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** A request served on one instance type: the shape of a replica, the memory of each GPU, and what the type costs and carries. */
public record Sizing(
        InstanceType type,
        ReplicaShape shape,
        GpuMemory memory,
        Concurrency concurrency,
        int replicasPerNode,
        ColdStart coldStart) {
    /**
     * What the cache carries: how many requests at once, each at full context or each of the workload's length; and the longest context that
     * one request could have.
     */
    public record Concurrency(double atFullContext, double atWorkload, int largestContext) {}

    public double weightsGiBPerGpu() {
        return memory.weightsGiB();
    }

    public double overheadGiBPerGpu() {
        return memory.overheadGiB();
    }

    public double cacheGiBPerGpu() {
        return memory.cacheGiB();
    }

    public long cacheTokens() {
        return memory.cacheTokens();
    }

    public int coldStartSeconds() {
        return coldStart.seconds();
    }

    /** The root volume of a node of this type that its replicas fill, GiB. */
    public int nodeVolumeGiB() {
        return shape.host().nodeVolumeGiB(replicasPerNode);
    }

    /** The node's price shared by the replicas that fill it; empty when the type has no price. */
    public OptionalDouble pricePerReplicaHour() {
        @Nullable Double perNode = type.pricePerHour();
        return perNode == null ? OptionalDouble.empty() : OptionalDouble.of(perNode / replicasPerNode);
    }

    /** What so many replicas cost an hour on nodes of this type alone, idle rests included; empty when the type has no price. */
    public OptionalDouble pricePerHour(int replicas) {
        @Nullable Double perNode = type.pricePerHour();
        return perNode == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.ceilDiv(replicas, replicasPerNode) * perNode);
    }

    /** The numbers in words that a person can check, one sentence each. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(memory.sentence());
        sentences.add(String.format(
                Locale.ROOT,
                "cache carries %.1f requests at the full context of %s tokens, %.1f of the workload's length; the"
                        + " largest context that fits is %s",
                concurrency.atFullContext(),
                count(shape.contextLength()),
                concurrency.atWorkload(),
                count(concurrency.largestContext())));
        sentences.add("a replica takes " + shape.gpus() + " of " + type.gpuCount() + " "
                + type.gpu().name() + ", "
                + shape.host().cpuMillis() + "m CPU of " + type.host().allocatableCpuMillis() + "m and "
                + tenth(shape.host().memoryMiB() / 1024.0) + " GiB memory of "
                + tenth(type.host().allocatableMemoryMiB() / 1024.0) + " allocatable");
        type.price().ifPresent(perNode -> sentences.add(costSentence(perNode)));
        sentences.add("cold start " + coldStart.sentence());
        return List.copyOf(sentences);
    }

    private String costSentence(double perNode) {
        return type.name() + " costs " + price(perNode) + " on demand"
                + (replicasPerNode == 1
                        ? ""
                        : " and holds " + replicasPerNode + " replicas, " + price(perNode / replicasPerNode)
                                + " each when full");
    }
}
