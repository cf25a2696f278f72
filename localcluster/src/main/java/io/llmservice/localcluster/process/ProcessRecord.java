package io.llmservice.localcluster.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is written down about a started process, so that it can be found again and no other process is taken for it.
 *
 * <p>A process id alone is not enough: ids are reused. The start time belongs to the process and does not change.
 *
 * @param pid the process id
 * @param started when the operating system started it
 */
public record ProcessRecord(long pid, Instant started) {
    /** The clock that start times are computed from may be corrected between two readings. */
    private static final Duration CLOCK_CORRECTION = Duration.ofSeconds(2);

    /** The record of a process that runs now; empty if it has ended already. */
    public static Optional<ProcessRecord> of(ProcessHandle process) {
        return process.info().startInstant().map(started -> new ProcessRecord(process.pid(), started));
    }

    /** Reads what {@link #format()} wrote; empty if the text is anything else, as after a crash while writing. */
    public static Optional<ProcessRecord> parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        if (parts.length != 2 || !parts[0].matches("\\d{1,18}") || !parts[1].matches("\\d{1,15}")) {
            return Optional.empty();
        }
        return Optional.of(new ProcessRecord(Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1]))));
    }

    /** One line: the process id and the start time in milliseconds. */
    public String format() {
        return pid + " " + started.toEpochMilli();
    }

    /** The process, if it is still the one that was recorded and has not ended. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info()
                        .startInstant()
                        .map(now -> Duration.between(started, now).abs().compareTo(CLOCK_CORRECTION) <= 0)
                        .orElse(false));
    }
}
