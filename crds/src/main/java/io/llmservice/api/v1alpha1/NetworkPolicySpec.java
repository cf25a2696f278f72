package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Who may reach the pods. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkPolicySpec(
        @JsonPropertyDescription(
                "Enabled makes a NetworkPolicy that admits this namespace, the operator and the namespaces named.")
        @Default("Disabled")
        Mode mode,

        @JsonPropertyDescription("Names of further namespaces whose pods may connect, for example that of Prometheus.")
        @Size(max = 32)
        List<String> fromNamespaces) {
    public NetworkPolicySpec {
        mode = mode == null ? Mode.DISABLED : mode;
        fromNamespaces = fromNamespaces == null ? List.of() : List.copyOf(fromNamespaces);
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static NetworkPolicySpec defaults() {
        return new NetworkPolicySpec(null, null);
    }

    /** Whether a NetworkPolicy is made. */
    public enum Mode {
        @JsonProperty("Enabled")
        ENABLED,
        @JsonProperty("Disabled")
        DISABLED
    }
}
