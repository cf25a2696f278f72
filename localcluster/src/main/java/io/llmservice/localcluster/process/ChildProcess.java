package io.llmservice.localcluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A program that ends when the JVM that started it ends, however that happens.
 *
 * <p>The program's shell leaves a watcher behind that reads from a pipe held by this JVM, and then becomes the program.
 * When the JVM is gone, even by SIGKILL, the pipe closes and the watcher stops the program. The watcher is the program's
 * child: once its parent is another process, the program is gone and its id may belong to someone else.
 */
public final class ChildProcess implements AutoCloseable {
    private static final String WATCHED = """
            program=$$
            exec 3<&0
            gone() {
              [ -r /proc/self/stat ] || { ! kill -0 "$program"; return; }
              read -r _ _ _ parent _ </proc/self/stat
              [ "$parent" != "$program" ]
            }
            (
              trap '' TERM INT HUP
              while read -r _ <&3; do :; done
              exec 3<&-
              gone || kill -TERM "$program"
              for _ in 1 2 3 4 5 6 7 8 9 10; do
                gone && exit
                sleep 0.5
              done
              kill -KILL "$program"
            ) >/dev/null 2>&1 &
            exec "$@" 3<&- </dev/null
            """;
    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME", "LD_LIBRARY_PATH");

    private final ProgramSpec spec;
    private final Process process;
    private final CompletableFuture<Integer> exit;

    private ChildProcess(ProgramSpec spec, Process process, CompletableFuture<Integer> exit) {
        this.spec = spec;
        this.process = process;
        this.exit = exit;
    }

    /** Starts the program and records it in the run directory. */
    public static ChildProcess start(ProgramSpec spec, RunDirectory directory) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, spec.name()));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(spec.log().toFile()));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(spec.environment());
        try {
            Process process = builder.start();
            String record = spec.name() + "." + process.pid();
            ProcessRecord.of(process.toHandle()).ifPresent(found -> directory.record(record, found));
            CompletableFuture<Integer> exit = process.onExit().thenApply(ended -> {
                directory.forget(record);
                return ended.exitValue();
            });
            return new ChildProcess(spec, process, exit);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + spec.name(), e);
        }
    }

    public String name() {
        return spec.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes with the exit code when the program ends; a signal N counts as 128 + N. */
    public CompletableFuture<Integer> exit() {
        return exit.copy();
    }

    /** The file that the program writes to. */
    public Path log() {
        return spec.log();
    }

    /** The last lines of the log, for a message about why the program did not work. */
    public String logTail(int lines) {
        try {
            List<String> all = new String(Files.readAllBytes(spec.log()), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Asks the program to stop without waiting for it. */
    public void requestStop() {
        // Not Process.destroy(): it closes the pipe by which the watcher sees that this JVM lives.
        process.toHandle().destroy();
    }

    /** Stops the program, killing it if it takes longer than {@code patience}. */
    public void stop(Duration patience) {
        RunDirectory.end(process.toHandle(), patience);
    }

    /** Stops the program, giving it three seconds. */
    @Override
    public void close() {
        stop(Duration.ofSeconds(3));
    }
}
