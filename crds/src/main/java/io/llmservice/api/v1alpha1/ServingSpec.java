package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How pods start, stop, roll and look. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ServingSpec(
        @JsonPropertyDescription("Pause between a pod leaving the endpoints and its engine being told to stop.")
        @Default("10")
        @Min(1)
        @Max(600)
        Integer drainSeconds,

        @JsonPropertyDescription(
                "How long running requests may go on once the engine was told to stop (--shutdown-timeout).")
        @Default("120")
        @Min(1)
        @Max(3600)
        Integer shutdownSeconds,

        @JsonPropertyDescription(
                "Surge starts a new pod before it ends an old one; InPlace ends one first, for clusters with no spare GPUs.")
        @Default("Surge")
        Rollout rollout,

        @JsonPropertyDescription("Further labels of the pods.") @Size(max = 32)
        Map<String, String> podLabels,

        @JsonPropertyDescription("Further annotations of the pods.") @Size(max = 32)
        Map<String, String> podAnnotations,

        @JsonPropertyDescription(
                "ServiceAccount of the pods, which the administrator must allow; left out, one that the operator makes and that may do nothing.")
        @Size(min = 1, max = 253)
        @Nullable
        String serviceAccountName,

        @JsonPropertyDescription("PriorityClass of the pods.") @Size(min = 1, max = 253) @Nullable
        String priorityClassName,

        @JsonPropertyDescription("Who may reach the pods.") @Default("{}")
        NetworkPolicySpec networkPolicy) {
    public ServingSpec {
        drainSeconds = drainSeconds == null ? 10 : drainSeconds;
        shutdownSeconds = shutdownSeconds == null ? 120 : shutdownSeconds;
        rollout = rollout == null ? Rollout.SURGE : rollout;
        podLabels = podLabels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(podLabels));
        podAnnotations = podAnnotations == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(podAnnotations));
        networkPolicy = networkPolicy == null ? NetworkPolicySpec.defaults() : networkPolicy;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static ServingSpec defaults() {
        return new ServingSpec(null, null, null, null, null, null, null, null);
    }
}
