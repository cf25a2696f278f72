package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much may be asked of one service. Each holds across all replicas of the gateway, within a stated bound. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LimitsSpec(
        @JsonPropertyDescription("Of all clients together.") @Nullable
        RateLimits perService,

        @JsonPropertyDescription("Of each API key.") @Nullable
        RateLimits perKey,

        @JsonPropertyDescription("Of single API keys, by their id; in place of perKey.") @Size(max = 256)
        Map<String, RateLimits> keys) {
    public LimitsSpec {
        keys = keys == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(keys));
    }

    /** What a spec that says nothing gets: no limits. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static LimitsSpec defaults() {
        return new LimitsSpec(null, null, null);
    }
}
