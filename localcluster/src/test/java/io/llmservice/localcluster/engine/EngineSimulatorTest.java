package io.llmservice.localcluster.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;

/** The simulator does all that is asked of an engine. */
class EngineSimulatorTest extends EngineConformance {
    private static final Map<String, String> FAST = Map.of(
            "SIMULATOR_LOAD_SECONDS", "0.05",
            "SIMULATOR_FIRST_TOKEN_SECONDS", "0.01",
            "SIMULATOR_TOKENS_PER_SECOND", "600");

    private final EngineSimulator simulator = simulator();

    private static EngineSimulator simulator() {
        List<String> arguments = new ArrayList<>(List.of("/models/tiny"));
        arguments.addAll(ARGUMENTS);
        try {
            return EngineSimulator.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), arguments, FAST);
        } catch (EngineExitException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    InetSocketAddress address() {
        return simulator.ready().toCompletableFuture().join();
    }

    @Override
    void terminate() {
        simulator.stop(Duration.ofSeconds(30));
    }

    @Override
    CompletableFuture<Integer> exit() {
        return simulator.exit().toCompletableFuture();
    }

    @AfterAll
    void closeSimulator() {
        simulator.close();
    }
}
