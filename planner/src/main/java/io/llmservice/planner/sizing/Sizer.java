package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.gpus;

import io.llmservice.planner.catalogue.Gpu;
import io.llmservice.planner.catalogue.InstanceType;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the smallest number of one type's GPUs that carries a request, and what a replica then looks like. */
public final class Sizer {
    /** vLLM's own default of {@code --max-num-seqs} on most GPUs; more only lengthens the queue inside the engine. */
    private static final int MOST_REQUESTS = 256;

    /** Where a model's own maximum is not known, no context beyond this is spoken of. */
    private static final int MOST_CONTEXT = 1 << 20;

    /** CUDA graphs are captured for batches in steps of 8. */
    private static final int REQUEST_STEP = 8;

    /** Tensor-parallel sizes that are tried unasked: the GPU counts of EC2's nodes. */
    private static final int[] USUAL_SIZES = {1, 2, 4, 8};

    private Sizer() {}

    /** The request on this type with the fewest GPUs that carry it, or the nearest miss. */
    public static Fit size(SizingRequest request, InstanceType type) {
        Optional<String> refusal = GpuFormats.refusal(request, type.gpu());
        if (refusal.isPresent()) {
            return new Fit.Misses(refusal.get(), Double.POSITIVE_INFINITY);
        }
        List<Integer> sizes = sizes(request, type);
        if (sizes.isEmpty()) {
            return new Fit.Misses(
                    "has " + gpus(type.gpuCount()) + ", a replica asks for "
                            + request.overrides().gpus(),
                    Double.POSITIVE_INFINITY);
        }
        Fit.@Nullable Misses nearest = null;
        for (int gpus : sizes) {
            switch (on(request, type, gpus)) {
                case Fit.Fits fits -> {
                    return fits;
                }
                case Fit.Misses misses ->
                    nearest = nearest == null || misses.excess() < nearest.excess() ? misses : nearest;
            }
        }
        return nearest == null ? new Fit.Misses("no GPUs", Double.POSITIVE_INFINITY) : nearest;
    }

    /** Whether a pod template that was made for another type also serves the request on this one. */
    public static Fit sizeAs(SizingRequest request, InstanceType type, ReplicaShape template) {
        Optional<String> refusal = GpuFormats.refusal(request, type.gpu());
        if (refusal.isPresent()) {
            return new Fit.Misses(refusal.get(), Double.POSITIVE_INFINITY);
        }
        if (template.gpus() > type.gpuCount()) {
            return new Fit.Misses(
                    "has " + gpus(type.gpuCount()) + ", the pod template asks for " + template.gpus(),
                    Double.POSITIVE_INFINITY);
        }
        return judge(request, type, template);
    }

    private static List<Integer> sizes(SizingRequest request, InstanceType type) {
        @Nullable Integer asked = request.overrides().gpus();
        if (asked != null) {
            return asked <= type.gpuCount() ? List.of(asked) : List.of();
        }
        return IntStream.of(USUAL_SIZES)
                .filter(gpus ->
                        gpus <= type.gpuCount() && request.architecture().divides(gpus))
                .boxed()
                .toList();
    }

    private static Fit on(SizingRequest request, InstanceType type, int gpus) {
        @Nullable Integer asked = request.limits().maxBatchedTokens();
        int batched = asked == null ? type.gpu().defaultBatchedTokens() : asked;
        int requests = concurrentRequests(request, type.gpu(), gpus, batched);
        int cpuShare = HostNeeds.freeCpuMillis(type.host()) / (type.gpuCount() / gpus);
        HostNeeds needs = HostNeeds.of(request, gpus, cpuShare);
        // vLLM refuses a batch that is smaller than the number of sequences.
        return judge(
                request, type, new ReplicaShape(gpus, request.context(), requests, Math.max(batched, requests), needs));
    }

    private static Fit judge(SizingRequest request, InstanceType type, ReplicaShape shape) {
        GpuMemory memory = GpuMemory.of(
                request, type.gpu(), shape.gpus(), shape.maxConcurrentRequests(), shape.maxBatchedTokens());
        CacheDemand demand = CacheDemand.of(request, shape.maxBatchedTokens());
        Optional<Fit.Misses> miss = Shortfall.of(request, type, shape, memory, demand);
        if (miss.isPresent()) {
            return miss.get();
        }
        int perNode = Math.min(type.gpuCount() / shape.gpus(), shape.host().replicasOn(type.host()));
        double tokens = memory.cacheTokens();
        Sizing.Concurrency concurrency = new Sizing.Concurrency(
                tokens / demand.fullContext(), tokens / demand.typical(), largestContext(request, shape, memory));
        return new Fit.Fits(new Sizing(type, shape, memory, concurrency, perNode, ColdStart.of(request, type)));
    }

    /** The longest request that the counted cache holds, up to what the model knows: at least the context that was just found to fit. */
    private static int largestContext(SizingRequest request, ReplicaShape shape, GpuMemory memory) {
        @Nullable Integer maximum = request.architecture().maximumContext();
        int low = shape.contextLength();
        int high = maximum == null ? Math.max(low, MOST_CONTEXT) : maximum;
        while (low < high) {
            int middle = low + Math.ceilDiv(high - low, 2);
            boolean holds = CacheDemand.held(request, middle, shape.maxBatchedTokens()) <= memory.countedTokens();
            low = holds ? middle : low;
            high = holds ? high : middle - 1;
        }
        return low;
    }

    /**
     * {@code --max-num-seqs}: what the user fixed, else as many requests of the workload's length as the cache carries, from the wanted
     * concurrency up to 256, in steps of 8. More sequences also cost logits, so the largest number that still fits is searched.
     */
    private static int concurrentRequests(SizingRequest request, Gpu gpu, int gpus, int batchedTokens) {
        @Nullable Integer fixed = request.limits().maxConcurrentRequests();
        if (fixed != null) {
            return fixed;
        }
        CacheDemand demand = CacheDemand.of(request, batchedTokens);
        int least = request.workload().concurrency();
        int low = least;
        int high = Math.max(least, MOST_REQUESTS);
        while (low < high) {
            int middle = Math.ceilDiv(low + high, 2);
            boolean carries =
                    GpuMemory.of(request, gpu, gpus, middle, batchedTokens).countedTokens() >= demand.needed(middle);
            low = carries ? middle : low;
            high = carries ? high : middle - 1;
        }
        return Math.max(least, low / REQUEST_STEP * REQUEST_STEP);
    }
}
