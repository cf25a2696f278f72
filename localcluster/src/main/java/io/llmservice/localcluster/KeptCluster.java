package io.llmservice.localcluster;

import io.llmservice.localcluster.process.ProcessRecord;
import io.llmservice.localcluster.process.RunDirectory;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A cluster that outlives the command that started it: a JVM of its own, the keeper, runs it until it is told to stop.
 *
 * <p>If the keeper dies, all that it started dies with it. Its record in the run directory is how later commands find it,
 * and {@code kubeconfig} in that directory appears when the cluster is complete.
 */
public final class KeptCluster {
    private static final String KEEPER = "keeper";
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final RunDirectory directory;
    private final Consumer<String> output;

    /** @param output hears, line by line, what a user should see */
    public KeptCluster(Path directory, Consumer<String> output) {
        this.directory = new RunDirectory(directory);
        this.output = output;
    }

    /** What is to be done with a cluster that has just started, before it counts as complete. */
    @FunctionalInterface
    public interface Setup {
        void apply(LocalCluster cluster);
    }

    /** The administrator's kubeconfig; it is there while a complete cluster runs. */
    public Path kubeconfig() {
        return directory.root().resolve("kubeconfig");
    }

    /** What the keeper writes; beside the run directory, because a start empties that. */
    public Path log() {
        return directory.root().resolveSibling(directory.root().getFileName() + ".log");
    }

    /**
     * Starts a keeper unless one runs, and waits until the cluster is complete.
     *
     * @param keeper the command of a JVM that calls {@link #keep}; see {@link #javaCommand}
     * @return whether the cluster is complete; if not, the output has said why
     */
    public boolean up(List<String> keeper) {
        ProcessHandle process;
        long logStart;
        try (FileChannel channel = lockFile();
                FileLock lock = channel.lock()) {
            Optional<ProcessHandle> running = directory.recorded(KEEPER).filter(found -> lock.isValid());
            logStart = running.isPresent() ? size(log()) : 0;
            process = running.orElseGet(() -> launch(keeper));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start the cluster in " + directory.root(), e);
        }
        return awaitComplete(process, logStart);
    }

    private ProcessHandle launch(List<String> keeper) {
        directory.endRecordedProcesses();
        directory.clear();
        try {
            Process process = new ProcessBuilder(detached(keeper))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
            ProcessRecord.of(process.toHandle()).ifPresent(record -> directory.record(KEEPER, record));
            return process.toHandle();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not start " + keeper.getFirst(), e);
        }
    }

    /** The command outside the terminal's session, so that closing the terminal does not end it. */
    private static List<String> detached(List<String> command) {
        List<String> detached = new ArrayList<>();
        onPath("setsid").or(() -> onPath("nohup")).ifPresent(tool -> detached.add(tool.toString()));
        detached.addAll(command);
        return detached;
    }

    private static Optional<Path> onPath(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(Pattern.quote(File.pathSeparator), -1))
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private boolean awaitComplete(ProcessHandle keeper, long logStart) {
        long shown = logStart;
        while (!Files.exists(kubeconfig())) {
            boolean alive = keeper.isAlive();
            shown = showLog(shown);
            if (!alive) {
                output.accept("The cluster did not start; all of it is in " + log());
                return false;
            }
            pause();
        }
        showLog(shown);
        return true;
    }

    private long showLog(long from) {
        try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, file.length() - from))];
            file.seek(from);
            file.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            String complete = text.substring(0, text.lastIndexOf('\n') + 1);
            complete.lines().forEach(output);
            return from + complete.getBytes(StandardCharsets.UTF_8).length;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + log(), e);
        }
    }

    /**
     * Runs a cluster in this JVM until the JVM is told to stop; what the keeper's {@code main} calls.
     *
     * @param setup is applied before the cluster counts as complete
     */
    public void keep(Setup setup) throws InterruptedException {
        ProcessRecord.of(ProcessHandle.current()).ifPresent(record -> directory.record(KEEPER, record));
        LocalCluster cluster =
                LocalCluster.start(ClusterOptions.in(directory.root()).withProgress(output));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("end of the cluster").unstarted(() -> {
                    deleteKubeconfig();
                    cluster.close();
                    directory.forget(KEEPER);
                    ended.countDown();
                }));
        try {
            setup.apply(cluster);
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        cluster.adminKubeconfig().write(kubeconfig());
        ended.await();
    }

    /** Ends the keeper and whatever is left of its cluster, in whatever state it is. */
    public void down() {
        Optional<ProcessHandle> keeper = directory.recorded(KEEPER);
        keeper.ifPresent(process -> RunDirectory.end(process, STOP_PATIENCE));
        List<String> leftOver = directory.endRecordedProcesses();
        deleteKubeconfig();
        if (keeper.isEmpty() && leftOver.isEmpty()) {
            output.accept("No cluster is running in " + directory.root());
        } else {
            output.accept("Ended the cluster in " + directory.root()
                    + (leftOver.isEmpty() ? "" : ", and what was left of it: " + String.join(", ", leftOver)));
        }
    }

    /** The command that runs {@code mainClass} with this JVM's Java and class path. */
    public static List<String> javaCommand(String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private void deleteKubeconfig() {
        try {
            Files.deleteIfExists(kubeconfig());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not remove " + kubeconfig(), e);
        }
    }

    private FileChannel lockFile() throws IOException {
        Path lock = directory.root().resolveSibling(directory.root().getFileName() + ".lock");
        Files.createDirectories(lock.getParent());
        return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the cluster was starting", e);
        }
    }
}
