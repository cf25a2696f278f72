package io.llmservice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** CPU time and memory of a process and its descendants, as Linux counts them. */
final class ProcessUsage {

    /** Ticks of /proc/PID/stat in a second; 100 on every Linux that this runs on. */
    private static final long TICK_MICROS = 10_000;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private ProcessUsage() {}

    /** User and system time so far, in microseconds. */
    static long cpuMicros(ProcessHandle process) {
        return tree(process).mapToLong(ProcessUsage::ticks).sum() * TICK_MICROS;
    }

    /** Resident memory, in MiB. */
    static long residentMiB(ProcessHandle process) {
        return tree(process).mapToLong(ProcessUsage::residentKiB).sum() / 1024;
    }

    private static Stream<ProcessHandle> tree(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static long ticks(ProcessHandle process) {
        var line = read(process, "stat");
        // The second field is the program's name in parentheses and may hold spaces.
        var fields = line.substring(line.lastIndexOf(')') + 1).trim().split(" ", -1);
        return fields.length <= SYSTEM_TIME
                ? 0
                : Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }

    private static long residentKiB(ProcessHandle process) {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
