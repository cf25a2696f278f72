package io.llmservice.operator.metricsapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Plays model servers that share a number of running requests evenly among them. */
final class BusyEngine implements WorkloadRuntime {
    static final String IMAGE = "busy-engine";
    static final int PORT = 8000;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger servers = new AtomicInteger();

    void requests(int total) {
        requests.set(total);
    }

    @Override
    public boolean runs(Container container) {
        return container.getImage().equals(IMAGE);
    }

    @Override
    public RunningWorkload start(WorkloadContext context) throws WorkloadStartException {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(context.address(), PORT), 0);
            server.createContext("/metrics", this::answer);
            server.start();
            servers.incrementAndGet();
            return new Running(server, servers, new CompletableFuture<>());
        } catch (IOException failure) {
            throw new WorkloadStartException(1, String.valueOf(failure.getMessage()));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = """
                # HELP vllm:num_requests_running Number of requests in model execution batches.
                # TYPE vllm:num_requests_running gauge
                vllm:num_requests_running{engine="0",model_name="tiny"} %s
                """.formatted((double) requests.get() / servers.get()).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Running(HttpServer server, AtomicInteger servers, CompletableFuture<Integer> end)
            implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return end;
        }

        @Override
        public void stop(Duration grace) {
            if (end.complete(0)) {
                servers.decrementAndGet();
                server.stop(0);
            }
        }
    }
}
