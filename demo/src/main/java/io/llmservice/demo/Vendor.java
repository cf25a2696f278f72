package io.llmservice.demo;

import io.llmservice.localcluster.engine.EngineExitException;
import io.llmservice.localcluster.engine.EngineSimulator;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service outside the cluster that speaks OpenAI's API and asks for money: what requests fall back to. */
final class Vendor implements AutoCloseable {

    static final String ADDRESS = "127.0.77.3";
    static final String MODEL = "vendor-model";
    private static final int PORT = 8000;

    private final EngineSimulator engine;

    private Vendor(EngineSimulator engine) {
        this.engine = engine;
    }

    /** Returns when it answers. */
    static Vendor start() {
        try {
            var engine = EngineSimulator.start(
                    new InetSocketAddress(ADDRESS, PORT),
                    List.of("vendor/model", "--served-model-name", MODEL),
                    Map.of("SIMULATOR_LOAD_SECONDS", "0", "SIMULATOR_FIRST_TOKEN_SECONDS", "0.05"));
            engine.ready().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
            return new Vendor(engine);
        } catch (EngineExitException refused) {
            throw new DemoFailure("the vendor did not start: " + refused.getMessage());
        }
    }

    /** A fallback to it, in the form of a spec: dear enough to be seen, and a breaker quick enough to be watched. */
    String fallback() {
        return """
                fallback:
                  targets:
                    - name: vendor
                      openAi: {url: "http://%s:%d/v1", model: %s}
                      price: {inputPer1000: 0.01, outputPer1000: 0.03}
                  breaker: {openFor: 3s, probes: 2}
                  budget: {usdPerDay: 10}
                """.formatted(ADDRESS, PORT, MODEL);
    }

    @Override
    public void close() {
        engine.close();
    }
}
