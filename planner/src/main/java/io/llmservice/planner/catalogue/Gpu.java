package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.Quantization;

/** A GPU model: its memory as the label and as the driver tell it, its speed, and which number formats it runs. */
public record Gpu(String name, Memory memory, ComputeCapability capability, Speed speed) {
    /** Label in MiB, as in {@code karpenter.k8s.aws/instance-gpu-memory}; usable in GiB, what the driver offers. */
    public record Memory(int labelMiB, double usableGiB) {
        public Memory {
            if (labelMiB <= 0 || usableGiB <= 0) {
                throw new IllegalArgumentException("GPU memory must be above 0");
            }
        }
    }

    /** Memory bandwidth in GB/s, dense 16-bit TFLOP/s, and whether GPUs of a node talk over NVLink. */
    public record Speed(double bandwidthGBs, double fp16Tflops, boolean nvlink) {}

    /** How a GPU runs a weight format. */
    public enum Support {
        NATIVE,
        /** Weights are widened to 16 bits as they are read: less memory, no faster arithmetic. */
        WEIGHT_ONLY,
        NONE
    }

    public double usableGiB() {
        return memory.usableGiB();
    }

    public boolean bfloat16() {
        return capability.atLeast(ComputeCapability.AMPERE);
    }

    /** Whether the cache may be kept in FP8. */
    public boolean fp8Cache() {
        return capability.atLeast(ComputeCapability.AMPERE);
    }

    /** vLLM's kernels by generation: Marlin from Ampere on reads FP8 and FP4 weights that the arithmetic does not know. */
    public Support supports(Quantization quantization) {
        return switch (quantization) {
            case NONE -> Support.NATIVE;
            case AWQ, GPTQ, BITSANDBYTES -> from(ComputeCapability.TURING, Support.WEIGHT_ONLY);
            // vLLM has no INT8 kernels for Blackwell and says to use FP8 there.
            case INT8 ->
                capability.atLeast(ComputeCapability.BLACKWELL)
                        ? Support.NONE
                        : from(ComputeCapability.TURING, Support.NATIVE);
            case COMPRESSED_TENSORS -> from(ComputeCapability.TURING, Support.NATIVE);
            case FP8 -> nativeFrom(ComputeCapability.ADA);
            case MXFP4 -> nativeFrom(ComputeCapability.HOPPER);
            case NVFP4 -> nativeFrom(ComputeCapability.BLACKWELL);
        };
    }

    private Support from(ComputeCapability least, Support support) {
        return capability.atLeast(least) ? support : Support.NONE;
    }

    private Support nativeFrom(ComputeCapability least) {
        return capability.atLeast(least) ? Support.NATIVE : from(ComputeCapability.AMPERE, Support.WEIGHT_ONLY);
    }

    /** The batch that vLLM's server prefills at once by default: 8,192 tokens from 70 GiB on, 2,048 below and on every A100. */
    public int defaultBatchedTokens() {
        return usableGiB() >= 70 && !name.startsWith("A100") ? 8192 : 2048;
    }
}
