package io.llmservice.localcluster.karpenter;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * A kind of machine that the simulated cloud has.
 *
 * @param name such as {@code g5.12xlarge}
 * @param gpuName as Karpenter labels it, such as {@code a10g}; empty without GPUs
 * @param gpus how many GPUs one machine has
 * @param gpuMemoryMiB the memory of one GPU
 * @param cpu the number of vCPUs
 * @param memoryMiB the machine's memory
 * @param ephemeralGiB the disk that pods can use, local NVMe or the root volume
 * @param pods the most pods that the machine's network interfaces allow
 * @param onDemandPrice US dollars an hour
 */
public record SimulatedInstanceType(
        String name,
        String gpuName,
        int gpus,
        int gpuMemoryMiB,
        int cpu,
        int memoryMiB,
        int ephemeralGiB,
        int pods,
        BigDecimal onDemandPrice) {
    /** What the hypervisor and firmware keep: the share that Karpenter's AWS provider assumes by default. */
    private static final BigDecimal HYPERVISOR_SHARE = new BigDecimal("0.075");

    private static final int EVICTION_THRESHOLD_MIB = 100;

    public SimulatedInstanceType {
        Objects.requireNonNull(gpuName);
        if (!name.matches("[a-z0-9-]+\\.[a-z0-9]+")) {
            throw new IllegalArgumentException("not an instance type: " + name);
        }
        if (gpus < 0 || (gpus > 0) == gpuName.isEmpty()) {
            throw new IllegalArgumentException(name + ": GPUs go with a GPU name");
        }
        if (cpu <= 0 || memoryMiB <= 0 || ephemeralGiB <= 0 || pods <= 0) {
            throw new IllegalArgumentException(name + ": CPU, memory, disk and pods are positive");
        }
        if (onDemandPrice.signum() <= 0) {
            throw new IllegalArgumentException(name + ": the price is positive");
        }
    }

    /** The part of the name before the dot, such as {@code g5}. */
    public String family() {
        return name.substring(0, name.indexOf('.'));
    }

    /** The part of the name after the dot, such as {@code 12xlarge}. */
    public String size() {
        return name.substring(name.indexOf('.') + 1);
    }

    /**
     * CPU that pods can have, in thousandths: kubelet's reservation on EKS is 6 % of the first core, 1 % of the second,
     * 0.5 % of the next two and 0.25 % of the rest. A g5.xlarge gives 3920m.
     */
    public int allocatableMilliCpu() {
        double reserved =
                60 + 10.0 * Math.clamp(cpu - 1, 0, 1) + 5.0 * Math.clamp(cpu - 2, 0, 2) + 2.5 * Math.max(0, cpu - 4);
        return cpu * 1000 - (int) reserved;
    }

    /** Memory that pods can have: less the hypervisor, 255 MiB + 11 MiB a pod, and the eviction threshold. */
    public int allocatableMemoryMiB() {
        int hypervisor = BigDecimal.valueOf(memoryMiB)
                .multiply(HYPERVISOR_SHARE)
                .setScale(0, RoundingMode.CEILING)
                .intValueExact();
        return memoryMiB - hypervisor - (255 + 11 * pods) - EVICTION_THRESHOLD_MIB;
    }

    /** Disk that pods can have: kubelet keeps 1 GiB and evicts at 10 % free. */
    public int allocatableEphemeralGiB() {
        return ephemeralGiB - 1 - Math.ceilDiv(ephemeralGiB, 10);
    }
}
