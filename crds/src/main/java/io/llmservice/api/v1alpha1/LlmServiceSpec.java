package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a user asks for: a model, the load it must carry, and how it may run. */
@ValidationRule(
        value =
                "!has(self.scaling) || !has(self.scaling.targetRunningRequests) || !has(self.engine) || !has(self.engine.vllm) || !has(self.engine.vllm.maxConcurrentRequests) || self.scaling.targetRunningRequests < self.engine.vllm.maxConcurrentRequests",
        message =
                "scaling.targetRunningRequests must be below engine.vllm.maxConcurrentRequests: the gauge vllm:num_requests_running never rises above --max-num-seqs, so a higher target never scales; lower the target or raise maxConcurrentRequests")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LlmServiceSpec(
        @JsonPropertyDescription("The model to serve and where its weights come from.") @Required
        ModelSpec model,

        @JsonPropertyDescription("The load that the plan must carry.") @Default("{}")
        WorkloadSpec workload,

        @JsonPropertyDescription("The inference engine and its settings.") @Default("{}")
        EngineSpec engine,

        @JsonPropertyDescription("The instances that may be used and who makes the nodes.") @Default("{}")
        ComputeSpec compute,

        @JsonPropertyDescription("How many replicas run and when more are added.") @Default("{}")
        ScalingSpec scaling,

        @JsonPropertyDescription("How pods start, stop, roll and look.") @Default("{}")
        ServingSpec serving,

        @JsonPropertyDescription("What is made for Prometheus.") @Default("{}")
        MonitoringSpec monitoring,

        @JsonPropertyDescription("Where requests go while the pods cannot take them; left out, nowhere.") @Nullable
        FallbackSpec fallback,

        @JsonPropertyDescription("Who may ask through the gateway, how much, and how long it waits.") @Default("{}")
        GatewaySpec gateway) {
    public LlmServiceSpec {
        workload = workload == null ? WorkloadSpec.defaults() : workload;
        engine = engine == null ? EngineSpec.defaults() : engine;
        compute = compute == null ? ComputeSpec.defaults() : compute;
        scaling = scaling == null ? ScalingSpec.defaults() : scaling;
        serving = serving == null ? ServingSpec.defaults() : serving;
        monitoring = monitoring == null ? MonitoringSpec.defaults() : monitoring;
        gateway = gateway == null ? GatewaySpec.defaults() : gateway;
    }
}
