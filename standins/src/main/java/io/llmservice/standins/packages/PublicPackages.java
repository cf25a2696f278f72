package io.llmservice.standins.packages;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Installs a package of PyPI or npm into a directory of its own in the cache, unless it is there. */
public final class PublicPackages {

    private final Path cache;

    private PublicPackages(Path cache) {
        this.cache = cache.toAbsolutePath();
    }

    /** In the directory that {@code LLMSERVICE_CACHE} or {@code XDG_CACHE_HOME} names, else below the user's home. */
    public static PublicPackages inCache() {
        Map<String, String> environment = System.getenv();
        return new PublicPackages(directory(environment, "LLMSERVICE_CACHE")
                .or(() -> directory(environment, "XDG_CACHE_HOME").map(path -> path.resolve("llmservice-operator")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "llmservice-operator")));
    }

    /** Whether all these programs are on the path. */
    public static boolean available(String... programs) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(programs)
                .allMatch(program -> Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                        .filter(entry -> !entry.isEmpty())
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program))));
    }

    /**
     * A virtualenv that has a package.
     *
     * @param directory its name in the cache; it holds the version, so that another version is another directory
     * @param requirement as pip takes it, such as {@code moto[server]==5.2.5}
     * @return the directory of the virtualenv's programs
     */
    public Path python(String directory, String requirement) throws InterruptedException {
        Path home = cache.resolve(directory);
        Path programs = home.resolve("venv/bin");
        once(
                home,
                List.of("python3", "-m", "venv", home.resolve("venv").toString()),
                List.of(programs.resolve("python").toString(), "-m", "pip", "install", "--quiet", requirement));
        return programs;
    }

    /**
     * A directory with a package in its node_modules.
     *
     * @param requirement as npm takes it, such as {@code openai@7.57.0}
     */
    public Path node(String directory, String requirement) throws InterruptedException {
        Path home = cache.resolve(directory);
        once(home, List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", home.toString(), requirement));
        return home;
    }

    /** Processes that install the same at once wait for each other; an installation that broke off is done again. */
    @SafeVarargs
    private static void once(Path home, List<String>... commands) throws InterruptedException {
        Path complete = home.resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        try {
            Files.createDirectories(home);
            try (FileChannel channel = FileChannel.open(
                            home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.exists(complete) && lock.isValid()) {
                    for (List<String> command : commands) {
                        run(home.resolve("install.log"), command);
                    }
                    Files.createFile(complete);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not install into " + home, e);
        }
    }

    private static void run(Path log, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed; see " + log);
            }
        } finally {
            process.destroy();
        }
    }

    private static Optional<Path> directory(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
