package io.llmservice.localcluster.binaries;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds the programs and CRDs of the local cluster.
 *
 * <p>A program comes from the directory in {@code KUBEBUILDER_ASSETS} if it is there, else from the cache
 * ({@code LLMSERVICE_CACHE}, by default {@code $XDG_CACHE_HOME/llmservice-operator}), else it is built with Go into the
 * cache. Two JVMs may ask for the same program at once: one builds, the other waits.
 */
public final class Binaries {
    /** File locks are held by the whole JVM, so threads of one JVM take turns here first. */
    private static final Object IN_THIS_JVM = new Object();

    private final Map<String, String> environment;
    private final Path cache;
    private final Consumer<String> progress;

    private Binaries(Map<String, String> environment, Consumer<String> progress) {
        this.environment = Map.copyOf(environment);
        this.cache = cacheDirectory(environment);
        this.progress = progress;
    }

    /** Binaries as this process's environment variables place them; {@code progress} hears of slow steps. */
    public static Binaries fromEnvironment(Consumer<String> progress) {
        return new Binaries(System.getenv(), progress);
    }

    static Binaries from(Map<String, String> environment, Consumer<String> progress) {
        return new Binaries(environment, progress);
    }

    private static Path cacheDirectory(Map<String, String> environment) {
        return directory(environment, "LLMSERVICE_CACHE")
                .or(() -> directory(environment, "XDG_CACHE_HOME").map(path -> path.resolve("llmservice-operator")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "llmservice-operator"));
    }

    private static Optional<Path> directory(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /**
     * The executable file of {@code program}, built first if need be.
     *
     * @throws IllegalStateException if the program is nowhere and cannot be built; the message says what to do
     */
    public Path locate(Program program) {
        return inAssets(program).orElseGet(() -> inCache(program));
    }

    /** The {@code kubectl} on the path, if there is one: the cluster itself does not need it. */
    public Optional<Path> kubectl() {
        return onPath("kubectl");
    }

    /** The file with the definition of {@code crd}, fetched first if need be. */
    public Path locate(Crd crd) {
        Crd.Source source = crd.source();
        Path file = cache.resolve(source.cacheName()).resolve(crd.fileName());
        return cached(file, crd.objectName(), target -> {
            Path original = go(crd.objectName())
                    .moduleDirectory(source)
                    .resolve(source.directory())
                    .resolve(crd.fileName());
            copy(original, target);
        });
    }

    /** Locates everything, so that later starts need neither Go nor the network. */
    public void prefetch() {
        for (Program program : Program.values()) {
            progress.accept(program.fileName() + " " + program.version() + ": " + locate(program));
        }
        for (Crd crd : Crd.values()) {
            progress.accept(crd.objectName() + ": " + locate(crd));
        }
    }

    private Optional<Path> inAssets(Program program) {
        return directory(environment, "KUBEBUILDER_ASSETS")
                .map(assets -> assets.resolve(program.fileName()))
                .filter(Files::isExecutable);
    }

    private Path inCache(Program program) {
        Path file = cache.resolve(program.cacheName()).resolve(program.fileName());
        return cached(file, program.fileName(), target -> go(program.fileName()).build(program, target));
    }

    /** The file if it is there; else what {@code make} puts into a temporary file, moved to its place in one step. */
    private Path cached(Path file, String what, Consumer<Path> make) {
        if (Files.exists(file)) {
            return file;
        }
        try {
            Files.createDirectories(file.getParent());
            Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
            synchronized (IN_THIS_JVM) {
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.exists(file)) {
                        // A build that was killed may still be writing, so no two use one file.
                        Path temporary =
                                file.resolveSibling("%s.%s.new".formatted(file.getFileName(), UUID.randomUUID()));
                        make.accept(temporary);
                        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                    }
                }
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not put " + what + " into " + file.getParent(), e);
        }
    }

    private Go go(String what) {
        Path executable = onPath("go")
                .orElseThrow(() -> new IllegalStateException(("%s is not at hand: it is neither in KUBEBUILDER_ASSETS"
                                + " nor in %s, and there is no go command on the PATH to build it."
                                + " Install Go (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a directory with the"
                                + " official binaries, or copy the cache directory from a machine that has it.")
                        .formatted(what, cache)));
        return new Go(executable, progress);
    }

    private Optional<Path> onPath(String name) {
        String path = environment.getOrDefault("PATH", "");
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not copy " + from, e);
        }
    }
}
