package io.llmservice.planner.children;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.KvCacheDataType;
import io.llmservice.api.v1alpha1.ModelSource;
import io.llmservice.api.v1alpha1.OnlineQuantization;
import io.llmservice.planner.vllm.EngineFeature;
import io.llmservice.planner.vllm.EngineVersion;
import java.util.ArrayList;
import java.util.List;

/** The arguments of {@code vllm serve}, valid for the version that the plan names. */
final class VllmArguments {

    /** How many requests may wait for each that runs, where the spec does not say. */
    private static final int QUEUE_FACTOR = 4;

    /** Parallel reads of the runai streamer; with tensor parallelism each rank reads its share. */
    private static final String STREAMER_CONFIG = "{\"concurrency\":16,\"distributed\":true}";

    private VllmArguments() {}

    static List<String> of(ChildContext context) {
        var spec = context.spec();
        var vllm = spec.engine().vllm();
        var engine = context.plan().engine();
        var version = EngineVersion.parse(engine.version());
        var arguments = new ArrayList<String>();
        arguments.add(model(spec.model().source()));
        arguments.add("--served-model-name=" + context.servedModelName());
        arguments.add("--port=" + ChildContext.PORT);
        arguments.add("--tensor-parallel-size=" + engine.tensorParallelSize());
        arguments.add("--max-model-len=" + engine.contextLength());
        arguments.add("--max-num-seqs=" + engine.maxConcurrentRequests());
        arguments.add("--max-num-batched-tokens=" + engine.maxBatchedTokens());
        arguments.add("--gpu-memory-utilization=" + vllm.gpuMemoryUtilization());
        arguments.add("--dtype=" + word(spec.model().dataType()));
        if (vllm.kvCacheDataType() == KvCacheDataType.FP8) {
            arguments.add("--kv-cache-dtype=fp8");
        }
        if (vllm.onlineQuantization() != null) {
            arguments.add("--quantization=" + word(vllm.onlineQuantization()));
        }
        arguments.addAll(source(spec.model().source()));
        arguments.add("--shutdown-timeout=" + spec.serving().shutdownSeconds());
        if (version.has(EngineFeature.BOUNDED_QUEUE)) {
            arguments.add("--max-num-queued-reqs=" + inFlight(context));
        }
        arguments.addAll(vllm.extraArgs());
        return List.copyOf(arguments);
    }

    /** The flag bounds what runs and what waits together. */
    private static int inFlight(ChildContext context) {
        int running = context.plan().engine().maxConcurrentRequests();
        var asked = context.spec().engine().vllm().queueDepth();
        return running + (asked == null ? QUEUE_FACTOR * running : asked);
    }

    private static String model(ModelSource source) {
        if (source.huggingFace() != null) {
            return source.huggingFace().repository();
        }
        if (source.s3() != null) {
            return source.s3().uri();
        }
        var path = source.persistentVolumeClaim() != null
                ? source.persistentVolumeClaim().path()
                : source.image() != null ? source.image().path() : "/";
        return (EngineVolumes.MODEL + path).replaceAll("/+$", "");
    }

    private static List<String> source(ModelSource source) {
        if (source.huggingFace() != null && source.huggingFace().revision() != null) {
            return List.of("--revision=" + source.huggingFace().revision());
        }
        if (source.s3() != null) {
            return List.of("--load-format=runai_streamer", "--model-loader-extra-config=" + STREAMER_CONFIG);
        }
        return List.of();
    }

    private static String word(DataType type) {
        return switch (type) {
            case AUTO -> "auto";
            case BFLOAT16 -> "bfloat16";
            case FLOAT16 -> "float16";
            case FLOAT32 -> "float32";
        };
    }

    private static String word(OnlineQuantization quantization) {
        return switch (quantization) {
            case FP8 -> "fp8";
            case BITSANDBYTES -> "bitsandbytes";
        };
    }
}
