package io.llmservice.demo;

import java.util.Objects;

/** Whether the demo runs the real vLLM, which on CPU starts and answers far more slowly than a simulator. */
final class RealVllm {

    /** A start takes up to 150 seconds on two cores, and three share them. */
    private static final int SLOWER = 6;

    private RealVllm() {}

    static boolean isAskedFor() {
        return Objects.equals(System.getenv("DEMO_ENGINE"), "vllm");
    }

    /** By how much longer everything may take. */
    static int patience() {
        return isAskedFor() ? SLOWER : 1;
    }
}
