package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What is made for Prometheus. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MonitoringSpec(
        @JsonPropertyDescription(
                "Auto makes a PodMonitor where the cluster knows the kind; Enabled reports a condition where it does not.")
        @Default("Auto")
        PodMonitorMode podMonitor,

        @JsonPropertyDescription("Labels that a Prometheus selects PodMonitors by.") @Size(max = 16)
        Map<String, String> podMonitorLabels) {
    public MonitoringSpec {
        podMonitor = podMonitor == null ? PodMonitorMode.AUTO : podMonitor;
        podMonitorLabels =
                podMonitorLabels == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(podMonitorLabels));
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static MonitoringSpec defaults() {
        return new MonitoringSpec(null, null);
    }
}
