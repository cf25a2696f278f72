package io.llmservice.localcluster.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one cluster: its data, certificates, logs and the records of the processes it started. */
public final class RunDirectory {
    private static final Duration POLITE_STOP = Duration.ofSeconds(5);
    private static final String RECORDS = "processes";
    private static final String RECORD_SUFFIX = ".pid";

    private final Path root;

    public RunDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    public Path root() {
        return root;
    }

    /** A file or directory inside; its parent directories are made. */
    public Path resolve(String relative) {
        return withParents(root.resolve(relative));
    }

    /** The log file of a program. */
    public Path log(String name) {
        return resolve("logs/" + name + ".log");
    }

    /** Removes what an earlier cluster left here, logs included, but for the records of processes. */
    public void clear() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> entries = Files.list(root)) {
            entries.filter(entry -> !entry.equals(root.resolve(RECORDS))).forEach(RunDirectory::deleteTree);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list " + root, e);
        }
    }

    /** Removes a directory inside, if it is there. */
    public void delete(String relative) {
        deleteTree(root.resolve(relative));
    }

    /** Writes down a process under a name of its own. */
    public void record(String name, ProcessRecord process) {
        Path file = recordFile(name);
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            withParents(file);
            Files.writeString(temporary, process.format());
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not record the process " + name, e);
        }
    }

    /** The recorded process of that name, if it is still alive. */
    public Optional<ProcessHandle> recorded(String name) {
        return read(recordFile(name)).flatMap(ProcessRecord::find);
    }

    /** Forgets a process that has ended. */
    public void forget(String name) {
        try {
            Files.deleteIfExists(recordFile(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not forget the process " + name, e);
        }
    }

    /**
     * Ends every recorded process that is still alive, except this JVM, and forgets all that have ended.
     *
     * @return the names of those that were alive
     */
    public List<String> endRecordedProcesses() {
        List<String> ended = new ArrayList<>();
        for (Path file : recordFiles()) {
            String name = file.getFileName().toString();
            name = name.substring(0, name.length() - RECORD_SUFFIX.length());
            Optional<ProcessHandle> process = recorded(name);
            if (process.filter(ProcessHandle.current()::equals).isPresent()) {
                continue;
            }
            if (process.isPresent()) {
                end(process.get(), POLITE_STOP);
                ended.add(name);
            }
            forget(name);
        }
        return ended;
    }

    /** Asks the process to stop, and kills it if it has not within {@code patience}. */
    public static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stubborn) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
        }
    }

    private static Optional<ProcessRecord> read(Path file) {
        try {
            return Files.exists(file) ? ProcessRecord.parse(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    private Path recordFile(String name) {
        return root.resolve(RECORDS + "/" + name.replace('/', '_') + RECORD_SUFFIX);
    }

    private List<Path> recordFiles() {
        Path directory = root.resolve(RECORDS);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(RECORD_SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not list " + directory, e);
        }
    }

    private static Path withParents(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not make the directory of " + file, e);
        }
    }

    private static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + directory, e);
        }
    }
}
