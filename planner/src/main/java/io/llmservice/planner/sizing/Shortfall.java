package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;
import static io.llmservice.planner.sizing.Figures.gpus;
import static io.llmservice.planner.sizing.Figures.hundredth;
import static io.llmservice.planner.sizing.Figures.tenth;

import io.llmservice.planner.catalogue.Host;
import io.llmservice.planner.catalogue.InstanceType;
import java.util.Optional;

/** What one replica of a given shape lacks on one instance type, in numbers; the first lack is told. */
final class Shortfall {
    private Shortfall() {}

    static Optional<Fit.Misses> of(
            SizingRequest request, InstanceType type, ReplicaShape shape, GpuMemory memory, CacheDemand demand) {
        int carried = Math.min(request.workload().concurrency(), shape.maxConcurrentRequests());
        return ofCache(request, memory, demand, carried)
                .or(() -> besideBudget(request, memory))
                .or(() -> whileLoading(request, memory))
                .or(() -> ofHost(shape.host(), type.host()));
    }

    private static Optional<Fit.Misses> ofCache(
            SizingRequest request, GpuMemory memory, CacheDemand demand, int carried) {
        long needed = demand.needed(carried);
        if (memory.countedTokens() >= needed) {
            return Optional.empty();
        }
        double need = memory.weightsGiB()
                + memory.overheadGiB()
                + memory.headroomGiB()
                + needed * memory.bytesPerToken() / Figures.GIB;
        double excess = need / memory.budgetGiB();
        if (memory.cacheGiB() <= 0) {
            String overhead = " + overhead " + tenth(memory.overheadGiB());
            return Optional.of(
                    new Fit.Misses(memory.weightsSentence() + overhead + ", of " + memory.budgetSentence(), excess));
        }
        String wanted = demand.fullContext() > memory.countedTokens()
                ? "one request at context " + count(request.context()) + " needs " + count(demand.fullContext())
                : "the workload needs " + carried + " × " + count(demand.typical()) + " = "
                        + count(carried * demand.typical());
        return Optional.of(new Fit.Misses(
                "cache of " + gpus(memory.gpus()) + " counts " + count(memory.countedTokens()) + " tokens (weights "
                        + tenth(memory.weightsGiB()) + " of " + tenth(memory.budgetGiB()) + " GiB usable each); "
                        + wanted,
                excess));
    }

    /** Older engines capture CUDA graphs beside the budget. */
    private static Optional<Fit.Misses> besideBudget(SizingRequest request, GpuMemory memory) {
        double beside = memory.usableGiB() - memory.budgetGiB();
        double graphs = request.engine().graphsBesideBudgetGiB(memory.gpus());
        return beside >= graphs
                ? Optional.empty()
                : Optional.of(new Fit.Misses(
                        "gpuMemoryUtilization " + hundredth(memory.utilization()) + " leaves " + tenth(beside)
                                + " GiB, CUDA graphs of this vLLM version need " + tenth(graphs) + " beside it",
                        graphs / Math.max(beside, 0.01)));
    }

    /** Weights that are quantized on loading pass through GPU memory in their original size. */
    private static Optional<Fit.Misses> whileLoading(SizingRequest request, GpuMemory memory) {
        if (request.precision().onlineQuantization() == null) {
            return Optional.empty();
        }
        long original = request.architecture()
                .weightBytesPerGpu(
                        request.model().checkpoint(), request.precision().dataType(), memory.gpus());
        double peak = original / Figures.GIB + request.engine().baseGiB();
        return peak <= memory.usableGiB()
                ? Optional.empty()
                : Optional.of(new Fit.Misses(
                        "quantizing at load first needs the original weights: " + tenth(peak) + " GiB a GPU, of "
                                + tenth(memory.usableGiB()),
                        peak / memory.usableGiB()));
    }

    private static Optional<Fit.Misses> ofHost(HostNeeds needs, Host host) {
        double memory = needs.memoryMiB() / (double) Math.max(1, HostNeeds.freeMemoryMiB(host));
        double cpu = needs.cpuMillis() / (double) Math.max(1, HostNeeds.freeCpuMillis(host));
        return needs.shortage(host).map(reason -> new Fit.Misses(reason, Math.max(memory, cpu)));
    }
}
