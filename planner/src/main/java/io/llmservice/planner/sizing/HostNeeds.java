package io.llmservice.planner.sizing;

import static io.llmservice.planner.sizing.Figures.count;

import io.llmservice.planner.catalogue.Host;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one replica asks of its node beside GPUs: the requests of its pod, its shared memory and its disk. */
public record HostNeeds(int cpuMillis, int memoryMiB, int sharedMemoryMiB, int ephemeralStorageGiB) {
    /** Daemon sets of an EKS GPU node (network, proxy, storage, device plug-in, metrics, logs), with room for one or two more. */
    public static final int DAEMON_CPU_MILLIS = 400;

    public static final int DAEMON_MEMORY_MIB = 768;

    /** API server and engine core, then one busy worker for each GPU. */
    private static final int BASE_CPU_MILLIS = 2000;

    private static final int WORKER_CPU_MILLIS = 1000;
    private static final int BASE_MEMORY_MIB = 4096;
    private static final int WORKER_MEMORY_MIB = 2048;

    /** vLLM's image, compressed in the content store and unpacked beside it (about 10 + 20 GiB). */
    private static final int IMAGE_GIB = 30;

    private static final int OPERATING_SYSTEM_GIB = 8;

    /** Compilation caches and logs. */
    private static final int SCRATCH_GIB = 10;

    /** The kubelet evicts below 10 % free. */
    private static final double DISK_IN_USE = 0.85;

    /**
     * What a replica on so many GPUs wants of this host: the weights pass through its memory while they load, so they count in full. CPU
     * is the smaller of the want and the share, as it only slows; memory is never less than the want.
     */
    static HostNeeds of(SizingRequest request, int gpus, int cpuShareMillis) {
        int shared = 1024 * (gpus == 1 ? 1 : 1 + gpus);
        double weights = request.checkpointGiB();
        int memory = BASE_MEMORY_MIB + WORKER_MEMORY_MIB * gpus + shared + (int) Math.ceil(weights * 1024);
        @Nullable Integer fixedCpu = request.overrides().cpuMillis();
        @Nullable Integer fixedMemory = request.overrides().memoryMiB();
        int scratch = SCRATCH_GIB + (request.model().source().onNodeDisk() ? (int) Math.ceil(weights * 1.1) : 0);
        return new HostNeeds(
                fixedCpu == null
                        ? Math.min(wantedCpuMillis(gpus), Math.max(leastCpuMillis(gpus), cpuShareMillis))
                        : fixedCpu,
                fixedMemory == null ? 256 * Math.ceilDiv(memory, 256) : fixedMemory,
                shared,
                scratch);
    }

    /** The root volume that a node needs for so many of these replicas: image, system and their disk, with room below eviction. */
    public int nodeVolumeGiB(int replicas) {
        return (int) Math.ceil((IMAGE_GIB + OPERATING_SYSTEM_GIB + replicas * ephemeralStorageGiB) / DISK_IN_USE);
    }

    static int wantedCpuMillis(int gpus) {
        return BASE_CPU_MILLIS + WORKER_CPU_MILLIS * gpus;
    }

    private static int leastCpuMillis(int gpus) {
        return wantedCpuMillis(gpus) / 2;
    }

    /** Milli-cores that a host leaves to pods such as ours. */
    static int freeCpuMillis(Host host) {
        return host.allocatableCpuMillis() - DAEMON_CPU_MILLIS;
    }

    /** MiB that a host leaves to pods such as ours. */
    static int freeMemoryMiB(Host host) {
        return host.allocatableMemoryMiB() - DAEMON_MEMORY_MIB;
    }

    /** How many replicas with these needs the host carries, GPUs left aside. */
    int replicasOn(Host host) {
        return Math.min(Math.max(0, freeCpuMillis(host)) / cpuMillis, Math.max(0, freeMemoryMiB(host)) / memoryMiB);
    }

    /** Why not even one replica fits; empty if one does. */
    Optional<String> shortage(Host host) {
        if (memoryMiB > freeMemoryMiB(host)) {
            return Optional.of("a replica needs " + count(memoryMiB) + " MiB of host memory to load, the node leaves "
                    + count(freeMemoryMiB(host)) + " of " + count(host.memoryMiB()));
        }
        return cpuMillis > freeCpuMillis(host)
                ? Optional.of("a replica needs " + cpuMillis + "m CPU, the node leaves " + freeCpuMillis(host) + "m of "
                        + host.vcpus() * 1000 + "m")
                : Optional.empty();
    }
}
