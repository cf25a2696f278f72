package io.llmservice.bench;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What clients notice of a proxy, and of pods that die, fill up or are left. */
final class FailureScenarios {

    private static final int CLIENTS = 50;

    private final Vertx vertx;
    private final Client client;
    private final List<MockPod> pods;

    FailureScenarios(Vertx vertx, Client client, List<MockPod> pods) {
        this.vertx = vertx;
        this.client = client;
        this.pods = pods;
    }

    /** Times to the first byte in microseconds, through a port, of 50 streams at a time. */
    Figures firstByte(int port, long millis) {
        pods.forEach(pod -> pod.pace(MockPod.Pace.stream(20, 20)));
        try (var load = new Load(client, port, Client.STREAM, CLIENTS)) {
            Pause.millis(millis / 2);
            load.take();
            Pause.millis(millis);
            return Figures.of(load.take().stream()
                    .filter(answer -> answer.firstByte() > 0)
                    .map(Client.Answer::firstByteMicros)
                    .toList());
        }
    }

    /** Requests, and how many of them failed before their first byte, while one of the pods is killed. */
    record Killed(int requests, long failedBeforeFirstByte) {}

    Killed killOne(Proxy proxy) {
        pods.forEach(pod -> pod.pace(MockPod.Pace.stream(50, 20)));
        try (var load = new Load(client, proxy.port(), Client.STREAM, CLIENTS)) {
            Pause.millis(2000);
            pods.getFirst().kill();
            Pause.millis(4000);
            pods.getFirst().revive();
            Pause.millis(2000);
            var answers = load.take();
            return new Killed(
                    answers.size(),
                    answers.stream()
                            .filter(Client.Answer::failedBeforeFirstByte)
                            .count());
        }
    }

    /** Times to the first byte in microseconds while all pods are dead and a target answers, and failures. */
    record Dead(Figures firstByte, long failed) {}

    Dead killAll(Proxy proxy, long millis) {
        pods.forEach(MockPod::kill);
        try (var load = new Load(client, proxy.port(), Client.STREAM, CLIENTS)) {
            Pause.millis(millis);
            var answers = load.take();
            return new Dead(
                    Figures.of(answers.stream()
                            .filter(answer -> answer.firstByte() > 0)
                            .map(Client.Answer::firstByteMicros)
                            .toList()),
                    answers.stream()
                            .filter(Client.Answer::failedBeforeFirstByte)
                            .count());
        } finally {
            pods.forEach(MockPod::revive);
        }
    }

    /** Microseconds from a client's leaving to the pod's noticing, of those whose leaving reached it. */
    Figures cancellations(Proxy proxy, int count) {
        pods.forEach(pod -> pod.pace(MockPod.Pace.stream(2000, 10)));
        var delays = new ArrayList<Long>();
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID().toString();
            long left = client.askAndLeave(proxy.port(), id, vertx).await();
            long noticed = noticed(id);
            if (left > 0 && noticed > 0) {
                delays.add(Math.max(0, noticed - left) / 1000);
            }
        }
        return Figures.of(delays);
    }

    private long noticed(String id) {
        for (int i = 0; i < 200; i++) {
            for (var pod : pods) {
                var at = pod.leavers().get(id);
                if (at != null) {
                    return at;
                }
            }
            Pause.millis(5);
        }
        return 0;
    }

    /** Answers a second at three times the load that one pod can take, as a share of what it can do. */
    double overload(Proxy proxy, MockPod pod, long millis) {
        int slots = 8;
        long answerMillis = 100;
        pod.pace(MockPod.Pace.slots(slots, answerMillis));
        double capacity = slots * 1000.0 / answerMillis;
        var answers = new java.util.concurrent.ConcurrentLinkedQueue<Client.Answer>();
        long everyNanos = (long) (1e9 / (3 * capacity));
        long end = System.nanoTime() + millis * 1_000_000;
        for (long at = System.nanoTime(); at < end; at += everyNanos) {
            java.util.concurrent.locks.LockSupport.parkNanos(at - System.nanoTime());
            client.ask(proxy.port(), Client.POST).onSuccess(answers::add);
        }
        Pause.millis(500);
        long good = answers.stream().filter(answer -> answer.status() == 200).count();
        return good * 1000.0 / millis / capacity;
    }
}
