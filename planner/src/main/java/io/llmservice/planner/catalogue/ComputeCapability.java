package io.llmservice.planner.catalogue;

/** NVIDIA's version of what a GPU's hardware can do. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
    public static final ComputeCapability TURING = new ComputeCapability(7, 5);
    public static final ComputeCapability AMPERE = new ComputeCapability(8, 0);
    public static final ComputeCapability ADA = new ComputeCapability(8, 9);
    public static final ComputeCapability HOPPER = new ComputeCapability(9, 0);
    public static final ComputeCapability BLACKWELL = new ComputeCapability(10, 0);

    /** Reads {@code 8.6}. */
    public static ComputeCapability parse(String text) {
        int dot = text.indexOf('.');
        return new ComputeCapability(
                Integer.parseInt(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    public boolean atLeast(ComputeCapability other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
