package io.llmservice.planner.catalogue;

/** A node's own resources, and what Kubernetes may give out of them on Amazon Linux 2023. */
public record Host(int vcpus, int memoryMiB, int nvmeGB, int maxPods) {
    /** Karpenter's VM_MEMORY_OVERHEAD_PERCENT: what the hypervisor and the kernel keep. */
    private static final double VM_MEMORY_OVERHEAD = 0.075;

    private static final int EVICTION_MIB = 100;

    public Host {
        if (vcpus <= 0 || memoryMiB <= 0 || nvmeGB < 0 || maxPods <= 0) {
            throw new IllegalArgumentException("vCPUs, memory and pods must be above 0");
        }
    }

    /** Pods that the VPC network plug-in can give addresses to, on the default network card. */
    public static int maxPods(int networkInterfaces, int addressesPerInterface) {
        return networkInterfaces * (addressesPerInterface - 1) + 2;
    }

    /** Milli-cores left after kube-reserved: 6 % of the first core, 1 % of the second, 0.5 % of two more, 0.25 % of the rest. */
    public int allocatableCpuMillis() {
        int millis = vcpus * 1000;
        int reserved = tier(millis, 0, 1000, 0.06)
                + tier(millis, 1000, 2000, 0.01)
                + tier(millis, 2000, 4000, 0.005)
                + tier(millis, 4000, Integer.MAX_VALUE, 0.0025);
        return millis - reserved;
    }

    /** MiB left after the VM's overhead, kube-reserved (11 MiB a pod and 255) and the eviction threshold. */
    public int allocatableMemoryMiB() {
        int overhead = (int) Math.ceil(memoryMiB * VM_MEMORY_OVERHEAD);
        return memoryMiB - overhead - (11 * maxPods + 255) - EVICTION_MIB;
    }

    private static int tier(int millis, int from, int to, double share) {
        return millis <= from ? 0 : (int) ((Math.min(millis, to) - from) * share);
    }
}
