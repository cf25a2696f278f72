package io.llmservice.localcluster.workload;

/** A workload ended before it ran, with the exit code that its container shows. */
public final class WorkloadStartException extends Exception {
    private final int exitCode;

    /**
     * @param exitCode what the program would have exited with, not 0
     * @param message what it would have written last
     */
    public WorkloadStartException(int exitCode, String message) {
        super(message);
        if (exitCode == 0) {
            throw new IllegalArgumentException("a failed start has an exit code other than 0");
        }
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
