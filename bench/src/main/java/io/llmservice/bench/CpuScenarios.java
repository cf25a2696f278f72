package io.llmservice.bench;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** What a proxy spends of the CPU, for a chunk of a stream and for a request. */
final class CpuScenarios {

    static final int STREAMS = 100;
    private static final int CLIENTS = 32;
    private static final long SECOND = 1000;

    private final Client client;
    private final List<MockPod> pods;
    private final long warmUpMillis;
    private final long measureMillis;

    CpuScenarios(Client client, List<MockPod> pods, long warmUpMillis, long measureMillis) {
        this.client = client;
        this.pods = pods;
        this.warmUpMillis = warmUpMillis;
        this.measureMillis = measureMillis;
    }

    /** CPU microseconds for one chunk, over the first ten seconds and once warm. */
    record Chunks(double firstSeconds, double warm) {}

    /** 100 streams at 100 chunks a second each; long enough that few streams begin or end while it is measured. */
    Chunks perChunk(Proxy proxy) {
        pods.forEach(pod -> pod.pace(MockPod.Pace.stream(1000, 10)));
        try (var load = new Load(client, proxy.port(), Client.STREAM, STREAMS)) {
            double first = measureChunks(proxy, 10 * SECOND);
            Pause.millis(warmUpMillis);
            double warm = measureChunks(proxy, measureMillis);
            load.take();
            return new Chunks(first, warm);
        }
    }

    /** CPU microseconds for one request that is answered at once. */
    double perRequest(Proxy proxy, Buffer body) {
        pods.forEach(pod -> pod.pace(MockPod.Pace.atOnce()));
        try (var load = new Load(client, proxy.port(), body, CLIENTS)) {
            Pause.millis(warmUpMillis);
            load.take();
            long before = ProcessUsage.cpuMicros(proxy.handle());
            Pause.millis(measureMillis);
            long spent = ProcessUsage.cpuMicros(proxy.handle()) - before;
            long answered = load.take().stream()
                    .filter(answer -> answer.status() == 200)
                    .count();
            return answered == 0 ? Double.NaN : (double) spent / answered;
        }
    }

    private double measureChunks(Proxy proxy, long millis) {
        long chunks = client.chunks.sum();
        long before = ProcessUsage.cpuMicros(proxy.handle());
        Pause.millis(millis);
        long spent = ProcessUsage.cpuMicros(proxy.handle()) - before;
        long came = client.chunks.sum() - chunks;
        return came == 0 ? Double.NaN : (double) spent / came;
    }
}
