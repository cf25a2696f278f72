package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plan in force, in numbers and words. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PlanStatus(
        @JsonPropertyDescription("ControllerRevision that keeps this plan.") @Required
        String revision,

        @JsonPropertyDescription("The choice and its reason in a sentence.") @Required
        String summary,

        @JsonPropertyDescription("First choice of instance type.") @Required
        String instanceType,

        @JsonPropertyDescription("GPUs of one replica.") @Required
        Integer gpusPerReplica,

        @JsonPropertyDescription("GPUs over which each layer is split.") @Required
        Integer tensorParallelSize,

        @JsonPropertyDescription("Longest sequence, in tokens.") @Required
        Integer contextLength,

        @JsonPropertyDescription("Most requests in one batch.") @Required
        Integer maxConcurrentRequests,

        @JsonPropertyDescription("Running requests per replica that the autoscaler aims for.") @Required
        Integer targetRunningRequests,

        @JsonPropertyDescription("Tokens that the KV cache of one replica holds.") @Nullable
        Long cacheTokens,

        @JsonPropertyDescription("Estimated time from no node to the first token.") @Required
        Integer coldStartSeconds,

        @JsonPropertyDescription("List price of one replica on the first choice, in USD an hour.") @Nullable
        String pricePerReplicaHour,

        @JsonPropertyDescription("Where the model's numbers came from.") @Nullable
        String architectureSource,

        @JsonPropertyDescription("How GPU memory is shared out.")
        List<String> memory,

        @JsonPropertyDescription("What a cold start is made of.")
        List<String> coldStart,

        @JsonPropertyDescription("Instance types in the order in which Karpenter tries them.")
        List<String> ladder,

        @JsonPropertyDescription("Instance types that were not taken, each with its reason.")
        List<String> rejected,

        @JsonPropertyDescription("What else a person should know.")
        List<String> notes,

        @JsonPropertyDescription(
                "A better plan that waits for the annotation llmservice.io/replan or a change of spec.")
        @Nullable
        PlanProposal proposal) {
    public PlanStatus {
        memory = memory == null ? List.of() : List.copyOf(memory);
        coldStart = coldStart == null ? List.of() : List.copyOf(coldStart);
        ladder = ladder == null ? List.of() : List.copyOf(ladder);
        rejected = rejected == null ? List.of() : List.copyOf(rejected);
        notes = notes == null ? List.of() : List.copyOf(notes);
    }
}
