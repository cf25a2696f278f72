package io.llmservice.localcluster.engine;

import io.llmservice.planner.vllm.EngineVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A vLLM server without a model: takes the arguments of {@code vllm serve}, loads for a while, then answers as vLLM does,
 * in this process and on one address. Its pace is set by the environment; see {@link EngineOptions.Pace}.
 */
public final class EngineSimulator implements AutoCloseable {

    private final EngineOptions options;
    private final CompletableFuture<InetSocketAddress> ready = new CompletableFuture<>();
    private final CompletableFuture<Integer> exit = new CompletableFuture<>();
    private final Scheduler scheduler;
    private final OpenAiApi api;
    private final Thread loader;

    private EngineSimulator(InetSocketAddress address, EngineOptions options, EngineVersion version) {
        this.options = options;
        EngineOptions.Limits limits = options.limits();
        this.scheduler = new Scheduler(limits.slots(), limits.inFlight(), limits.blockSize(), limits.cacheTokens());
        this.api = new OpenAiApi(options, version, scheduler);
        this.loader = Thread.ofVirtual().name("engine load " + address).unstarted(() -> load(address));
    }

    /**
     * Starts an engine, which answers once it has loaded.
     *
     * @param address where to listen; port 0 takes any that is free
     * @param arguments those of {@code vllm serve}: the model first, or by {@code --model}
     * @throws EngineExitException if the version in {@code SIMULATOR_VLLM_VERSION} refuses the arguments
     */
    public static EngineSimulator start(
            InetSocketAddress address, List<String> arguments, Map<String, String> environment)
            throws EngineExitException {
        EngineOptions options = EngineOptions.read(arguments, environment);
        EngineSimulator simulator = new EngineSimulator(address, options, EngineOptions.version(environment));
        simulator.loader.start();
        return simulator;
    }

    /** Completes with the address, once the engine has loaded and answers. */
    public CompletionStage<InetSocketAddress> ready() {
        return ready.minimalCompletionStage();
    }

    /** Completes with the exit code: 0 after {@link #stop}, 1 if the address can't be had. */
    public CompletionStage<Integer> exit() {
        return exit.minimalCompletionStage();
    }

    /**
     * Does what SIGTERM does, and returns at once. For {@code --shutdown-timeout} seconds requests that run or wait go on,
     * new ones get a 500, and health and models go on answering 200; then, or after {@code grace} if that is shorter,
     * what is left is cut.
     */
    public void stop(Duration grace) {
        Duration patience = grace.compareTo(options.shutdownTimeout()) < 0 ? grace : options.shutdownTimeout();
        scheduler.drain();
        Thread.ofVirtual().start(() -> end(patience));
    }

    /** Ends the engine at once, as SIGKILL does. */
    @Override
    public void close() {
        stop(Duration.ZERO);
        exit.join();
    }

    private void load(InetSocketAddress address) {
        try {
            Thread.sleep(options.pace().load());
            HttpListener listener = HttpListener.start(address, api);
            ready.complete(listener.address());
            exit.thenRun(listener::close).join();
        } catch (IOException taken) {
            ready.completeExceptionally(taken);
            exit.complete(1);
        } catch (InterruptedException stopped) {
            ready.completeExceptionally(stopped);
            exit.complete(0);
        }
    }

    private void end(Duration patience) {
        loader.interrupt();
        try {
            scheduler.awaitIdle(patience);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        exit.complete(0);
    }
}
