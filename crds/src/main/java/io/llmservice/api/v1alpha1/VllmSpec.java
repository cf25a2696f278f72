package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of vLLM. */
@ValidationRule(
        value = "!has(self.extraArgs) || self.extraArgs.all(a, !(a.split('=')[0].replace('_', '-') in"
                + " ['--model', '--served-model-name', '--max-model-len', '--max-num-seqs', '--gpu-memory-utilization',"
                + " '--tensor-parallel-size', '-tp', '--pipeline-parallel-size', '-pp', '--dtype', '--quantization', '-q',"
                + " '--kv-cache-dtype', '--revision', '--load-format', '--host', '--port', '--shutdown-timeout',"
                + " '--max-num-queued-reqs', '--max-num-batched-tokens', '--api-key']))",
        message = "engine.vllm.extraArgs must not hold flags that the operator sets; use instead: model.name"
                + " (--served-model-name), model.source (--model, --revision, --load-format), model.contextLength"
                + " (--max-model-len), model.dataType (--dtype), engine.vllm.maxConcurrentRequests (--max-num-seqs),"
                + " engine.vllm.queueDepth (--max-num-queued-reqs), engine.vllm.maxBatchedTokens (--max-num-batched-tokens),"
                + " engine.vllm.gpuMemoryUtilization,"
                + " engine.vllm.kvCacheDataType, engine.vllm.onlineQuantization (--quantization), compute.gpusPerReplica"
                + " (--tensor-parallel-size), serving.shutdownSeconds (--shutdown-timeout)")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VllmSpec(
        @JsonPropertyDescription(
                "Container image; left out, the administrator's default for the version. The administrator allows registries.")
        @Size(min = 1, max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription(
                "vLLM version in the image (0.18 to 0.32); arguments are rendered for it. Left out, the administrator's default.")
        @Size(min = 1, max = 32)
        @Pattern("^v?0\\.[0-9]+(\\.[0-9]+)?([.+-].*)?$")
        @Nullable
        String version,

        @JsonPropertyDescription(
                "Most requests that run in one batch (--max-num-seqs); left out, derived from the KV cache and shown in status.plan.")
        @Min(1)
        @Max(4096)
        @Nullable
        Integer maxConcurrentRequests,

        @JsonPropertyDescription(
                "Requests that may wait in one pod beyond those running, where the version can bound its queue; left out, four times maxConcurrentRequests.")
        @Min(0)
        @Max(100000)
        @Nullable
        Integer queueDepth,

        @JsonPropertyDescription(
                "Most tokens in one step (--max-num-batched-tokens); left out, vLLM's default for the first choice of GPU, and the same on every instance type.")
        @Min(64)
        @Max(1048576)
        @Nullable
        Integer maxBatchedTokens,

        @JsonPropertyDescription("Share of GPU memory that vLLM may use.") @Default("0.9") @Min(0.1) @Max(0.99)
        Double gpuMemoryUtilization,

        @JsonPropertyDescription("Type of the KV cache; fp8 halves it where the GPU allows.") @Default("auto")
        KvCacheDataType kvCacheDataType,

        @JsonPropertyDescription(
                "Quantizes 16-bit weights while loading; disk and peak memory are planned from the original weights.")
        @Nullable
        OnlineQuantization onlineQuantization,

        @JsonPropertyDescription(
                "Further arguments of vllm serve, one word each. Flags that the operator sets are refused with the field to use instead; those that run code or read files need the administrator.")
        @Size(max = 64)
        List<String> extraArgs,

        @JsonPropertyDescription("Further environment variables.") @Size(max = 64)
        List<EnvironmentVariable> env,

        @JsonPropertyDescription("Names of pull secrets of this namespace.") @Size(max = 8)
        List<String> imagePullSecrets) {
    public VllmSpec {
        gpuMemoryUtilization = gpuMemoryUtilization == null ? 0.9 : gpuMemoryUtilization;
        kvCacheDataType = kvCacheDataType == null ? KvCacheDataType.AUTO : kvCacheDataType;
        extraArgs = extraArgs == null ? List.of() : List.copyOf(extraArgs);
        env = env == null ? List.of() : List.copyOf(env);
        imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    }

    /** What a spec that says nothing gets. */
    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static VllmSpec defaults() {
        return new VllmSpec(null, null, null, null, null, null, null, null, null, null, null);
    }
}
