package io.llmservice.planner.sizing;

/** Where a starting replica reads its weights, at the speed the cold-start estimate assumes, and whether the node's disk keeps a copy. */
public enum WeightSource {
    /** Downloaded to the node's disk, then read; 0.6 GiB/s is what parallel downloads reach on a 10 Gbit/s instance. */
    HUGGING_FACE("Hugging Face", 0.6, true),
    /** Streamed from S3 into GPU memory; 1.2 GiB/s with 16 connections on the same network. */
    S3("S3", 1.2, false),
    /** Read from a mounted volume; 0.5 GiB/s, between a default and a provisioned gp3 volume. */
    PERSISTENT_VOLUME("volume", 0.5, false),
    /** Pulled as an OCI image; bound by unpacking, as images are. */
    IMAGE("image volume", 0.15, true);

    private final String words;
    private final double gibPerSecond;
    private final boolean onNodeDisk;

    WeightSource(String words, double gibPerSecond, boolean onNodeDisk) {
        this.words = words;
        this.gibPerSecond = gibPerSecond;
        this.onNodeDisk = onNodeDisk;
    }

    String words() {
        return words;
    }

    double gibPerSecond() {
        return gibPerSecond;
    }

    boolean onNodeDisk() {
        return onNodeDisk;
    }
}
