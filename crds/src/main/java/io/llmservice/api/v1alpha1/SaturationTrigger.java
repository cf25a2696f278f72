package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Pods that are all full for a while. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SaturationTrigger(
        @JsonPropertyDescription("Waiting requests per ready pod (vllm:num_requests_waiting).")
        @Default("16")
        @Min(1)
        @Max(100000)
        Integer waitingRequests,

        @JsonPropertyDescription(
                "KV-cache use of every pod (vllm:kv_cache_usage_perc), in percent, while requests wait.")
        @Default("95")
        @Min(1)
        @Max(100)
        Integer cacheUtilization,

        @JsonPropertyDescription("For how long either must last.")
        @Default("15s")
        @Size(min = 2, max = 16)
        @Pattern(ApiDuration.PATTERN)
        String sustainedFor) {
    public SaturationTrigger {
        waitingRequests = waitingRequests == null ? 16 : waitingRequests;
        cacheUtilization = cacheUtilization == null ? 95 : cacheUtilization;
        sustainedFor = sustainedFor == null ? "15s" : sustainedFor;
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static SaturationTrigger defaults() {
        return new SaturationTrigger(null, null, null);
    }
}
