package io.llmservice.planner.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen for a service: everything that the objects need and the spec does not say. It is kept as JSON in a
 * ControllerRevision, so fields may be added and must not be renamed.
 *
 * @param ladder instance types on which the pod template fits, in the order in which they are tried; never empty
 * @param replica what one replica asks for
 * @param engine how the engine is started
 * @param nodes where nodes come from
 * @param words the choice explained
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServicePlan(List<Rung> ladder, Replica replica, Engine engine, Nodes nodes, Words words) {

    public ServicePlan {
        ladder = List.copyOf(ladder);
        Objects.requireNonNull(replica, "replica");
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(nodes, "nodes");
        Objects.requireNonNull(words, "words");
        if (ladder.isEmpty()) {
            throw new IllegalArgumentException("a plan has at least one instance type");
        }
    }

    /** First choice of instance type. */
    public String instanceType() {
        return ladder.getFirst().instanceType();
    }

    /**
     * One instance type of the ladder.
     *
     * @param instanceType EC2 instance type
     * @param instanceGpus GPUs of the instance
     * @param replicas replicas that one instance holds
     */
    public record Rung(String instanceType, int instanceGpus, int replicas) {}

    /**
     * What one replica asks for.
     *
     * @param gpus GPUs, all of one node
     * @param cpuMillis CPU request in thousandths of a core
     * @param memoryMiB memory request and limit
     * @param sharedMemoryMiB size of /dev/shm, part of the memory
     * @param diskGiB ephemeral storage for weights and caches
     * @param volumeGiB node volume that holds image, weights and caches of all replicas on the node
     * @param startupSeconds time after which a start has failed
     * @param coldStartSeconds estimated time from no node to the first token
     */
    public record Replica(
            int gpus,
            int cpuMillis,
            int memoryMiB,
            int sharedMemoryMiB,
            int diskGiB,
            int volumeGiB,
            int startupSeconds,
            int coldStartSeconds) {}

    /**
     * How the engine is started.
     *
     * @param image container image
     * @param version vLLM version that arguments are rendered for
     * @param tensorParallelSize GPUs over which each layer is split
     * @param contextLength longest sequence, in tokens
     * @param maxConcurrentRequests most requests in one batch
     * @param maxBatchedTokens most tokens in one step
     * @param cacheTokens tokens that the KV cache of one replica holds
     */
    public record Engine(
            String image,
            String version,
            int tensorParallelSize,
            int contextLength,
            int maxConcurrentRequests,
            int maxBatchedTokens,
            long cacheTokens) {}

    /**
     * Where nodes come from.
     *
     * @param nodeClass how the pools' nodes are made; absent where the operator makes no pools
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Nodes(@Nullable NodeClassSpec nodeClass) {}

    /**
     * The choice explained, in sentences that a person can check.
     *
     * @param pricePerReplicaHour list price of one replica in USD an hour, empty if unknown
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Words(
            String summary,
            String pricePerReplicaHour,
            String architectureSource,
            List<String> memory,
            List<String> coldStart,
            List<String> rejected,
            List<String> notes) {

        public Words {
            memory = memory == null ? List.of() : List.copyOf(memory);
            coldStart = coldStart == null ? List.of() : List.copyOf(coldStart);
            rejected = rejected == null ? List.of() : List.copyOf(rejected);
            notes = notes == null ? List.of() : List.copyOf(notes);
            pricePerReplicaHour = pricePerReplicaHour == null ? "" : pricePerReplicaHour;
            architectureSource = architectureSource == null ? "" : architectureSource;
        }
    }

    /** Whether two plans would make the same objects; words and estimates may differ. */
    public boolean makesTheSameAs(ServicePlan other) {
        return ladder.equals(other.ladder)
                && replica.equals(other.replica)
                && engine.equals(other.engine)
                && nodes.equals(other.nodes);
    }
}
