package io.llmservice.localcluster;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Container;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on port 8000 whose answers on each path a test decides; refuses to start with the argument --bad. */
final class HttpWorkload implements WorkloadRuntime {
    private final String image;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    final List<WorkloadContext> started = new CopyOnWriteArrayList<>();
    final List<Duration> stopped = new CopyOnWriteArrayList<>();

    HttpWorkload(String image) {
        this.image = image;
    }

    void answer(String path, int status) {
        answers.put(path, status);
    }

    @Override
    public boolean runs(Container container) {
        return container.getImage().equals(image);
    }

    @Override
    public RunningWorkload start(WorkloadContext context) throws WorkloadStartException {
        if (context.arguments().contains("--bad")) {
            throw new WorkloadStartException(2, "error: unrecognized arguments: --bad");
        }
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(context.address(), 8000), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(
                        answers.getOrDefault(exchange.getRequestURI().getPath(), 200), -1);
                exchange.close();
            });
            server.start();
            started.add(context);
            return new Running(server, new CompletableFuture<>(), stopped);
        } catch (IOException e) {
            throw new WorkloadStartException(1, String.valueOf(e.getMessage()));
        }
    }

    private record Running(HttpServer server, CompletableFuture<Integer> end, List<Duration> stopped)
            implements RunningWorkload {
        @Override
        public CompletionStage<Integer> exit() {
            return end;
        }

        @Override
        public void stop(Duration grace) {
            stopped.add(grace);
            server.stop(0);
            end.complete(0);
        }
    }
}
