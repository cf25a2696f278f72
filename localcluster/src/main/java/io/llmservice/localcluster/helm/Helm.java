package io.llmservice.localcluster.helm;

import io.llmservice.localcluster.LocalCluster;
import io.llmservice.localcluster.binaries.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The {@code helm} command against one local cluster, with the administrator's rights. */
public final class Helm {

    private static final long PATIENCE_SECONDS = 120;

    private final Path program;
    private final Path directory;

    /** Finds the program and keeps Helm's own files in the cluster's run directory. */
    public Helm(LocalCluster cluster) {
        this.program = cluster.binaries().locate(Program.HELM);
        this.directory = cluster.runDirectory().resolve("helm");
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not create " + directory, e);
        }
        cluster.adminKubeconfig().write(directory.resolve("kubeconfig"));
    }

    /**
     * Installs or upgrades a release; returns when its objects are applied, not when they are ready.
     *
     * @param values YAML that goes over the chart's own values
     * @throws IllegalStateException with Helm's words if it refuses
     */
    public void install(String release, String namespace, Path chart, String values) {
        run(List.of(
                "upgrade",
                "--install",
                release,
                chart.toString(),
                "--namespace",
                namespace,
                "--create-namespace",
                "--values",
                write(values).toString()));
    }

    /** Renders a chart to YAML documents, for the cluster's version of Kubernetes. */
    public String template(String release, String namespace, Path chart, String values) {
        return run(List.of(
                "template",
                "--kube-version",
                Program.KUBE_APISERVER.version(),
                release,
                chart.toString(),
                "--namespace",
                namespace,
                "--values",
                write(values).toString()));
    }

    /** Takes a release away. */
    public void uninstall(String release, String namespace) {
        run(List.of("uninstall", release, "--namespace", namespace, "--wait"));
    }

    private Path write(String values) {
        try {
            return Files.writeString(directory.resolve("values.yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write Helm's values", e);
        }
    }

    private String run(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        var errors = directory.resolve("stderr");
        try {
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment()
                    .put("KUBECONFIG", directory.resolve("kubeconfig").toString());
            builder.environment()
                    .put("HELM_CACHE_HOME", directory.resolve("cache").toString());
            builder.environment()
                    .put("HELM_CONFIG_HOME", directory.resolve("config").toString());
            builder.environment()
                    .put("HELM_DATA_HOME", directory.resolve("data").toString());
            var process = builder.start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IllegalStateException("helm " + arguments.getFirst() + ": " + Files.readString(errors));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while helm ran", e);
        }
    }
}
