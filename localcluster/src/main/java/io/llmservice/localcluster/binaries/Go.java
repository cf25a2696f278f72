package io.llmservice.localcluster.binaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The machine's go command, which builds programs and fetches modules with the checksums of a tool module. */
final class Go {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(30);

    private final Path executable;
    private final Consumer<String> progress;

    Go(Path executable, Consumer<String> progress) {
        this.executable = executable;
        this.progress = progress;
    }

    /** Builds {@code program} into the file {@code target}; takes minutes when Go's own cache is cold. */
    void build(Program program, Path target) {
        progress.accept("building %s %s from the Go module proxy, once; %s on 2 cores"
                .formatted(program.fileName(), program.version(), program.firstBuild()));
        inModule(program.toolModule(), directory -> {
            if (program.patch().isPresent()) {
                Path patched = directory.resolve("patched");
                program.patch().get().apply(download(directory, program.goModuleAndVersion()), patched);
                run(directory, "go.mod", List.of("mod", "edit", "-replace", program.goModule() + "=" + patched));
            }
            run(
                    directory,
                    program.fileName(),
                    List.of(
                            "build",
                            "-trimpath",
                            "-ldflags",
                            program.linkerFlags(),
                            "-o",
                            target.toString(),
                            program.goPackage()));
            return target;
        });
    }

    /** The directory of a module's files in Go's module cache, downloaded and verified if need be. */
    Path moduleDirectory(Crd.Source source) {
        String module = source.goModule() + "@" + source.version();
        progress.accept("fetching " + module + " for its CRDs, once");
        return inModule(source.toolModule(), directory -> download(directory, module));
    }

    private Path download(Path directory, String module) throws IOException {
        String json = run(directory, module, List.of("mod", "download", "-json", module));
        JsonNode answer = new ObjectMapper().readTree(json);
        return Path.of(answer.required("Dir").asText());
    }

    private interface Work {
        Path in(Path directory) throws IOException;
    }

    private static Path inModule(ToolModule module, Work work) {
        try {
            Path directory = Files.createTempDirectory("llmservice-go-");
            try {
                module.unpack(directory);
                return work.in(directory);
            } finally {
                deleteTree(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not use the Go module " + module.name(), e);
        }
    }

    private String run(Path directory, String what, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("CGO_ENABLED", "0");
        int exit = await(builder.start(), what);
        if (exit != 0) {
            throw new IllegalStateException("go could not make %s (exit %d):%n%s"
                    .formatted(what, exit, tail(Files.readString(errors, StandardCharsets.UTF_8))));
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private int await(Process process, String what) throws IOException {
        long started = System.nanoTime();
        try {
            while (!process.waitFor(PROGRESS_EVERY.toSeconds(), TimeUnit.SECONDS)) {
                long seconds = Duration.ofNanos(System.nanoTime() - started).toSeconds();
                progress.accept("still building %s (%d:%02d)".formatted(what, seconds / 60, seconds % 60));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while go was building " + what, e);
        }
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static void deleteTree(Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
