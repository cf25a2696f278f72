package io.llmservice.operator.metricsapi.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.operator.metricsapi.MutableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodReaderTest {
    private static final String PAGE = "vllm:num_requests_running 3\n";
    private static final Duration PER_READ = Duration.ofMillis(400);
    private static final Duration PER_REQUEST = Duration.ofMillis(800);
    private static final long MAX_BYTES = 64 * 1024;

    private final MutableClock clock = new MutableClock(Instant.parse("2026-11-24T10:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final PodReader reader = reader(8);

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    @Test
    void podThatAnswersIsRead() throws IOException {
        StubPod pod = pod(StubPod.page(PAGE));

        assertThat(reader.read(List.of(pod.target("a")))).hasSize(1).allSatisfy((target, answer) -> {
            assertThat(answer.value(Gauge.REQUESTS_RUNNING, Selector.EVERYTHING))
                    .hasValue(3);
            assertThat(answer.at()).isEqualTo(clock.instant());
        });
        assertThat(reads("ok")).isEqualTo(1);
    }

    @Test
    void silentPodIsLeftOutInTime() throws IOException {
        StubPod good = pod(StubPod.page(PAGE));
        StubPod silent = pod(StubPod.heldBack(new CountDownLatch(1), PAGE));

        long before = System.nanoTime();
        Map<PodTarget, Reading.Answered> answers = reader.read(List.of(silent.target("silent"), good.target("good")));

        assertThat(answers.keySet()).extracting(PodTarget::name).containsExactly("good");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(PER_REQUEST.plusSeconds(1));
        await().until(() -> reads("timeout") == 1);
    }

    @Test
    void podThatStallsInItsBodyIsLeftOut() throws IOException {
        assertThat(reader.read(List.of(pod(StubPod.stalled()).target("stalled"))))
                .isEmpty();
        assertThat(reads("timeout")).isEqualTo(1);
    }

    @Test
    void deadPodIsLeftOut() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThat(reader.read(List.of(new PodTarget("models", "dead", "127.0.0.1", port, Map.of()))))
                .isEmpty();
        assertThat(reads("unreachable")).isEqualTo(1);
    }

    @Test
    void endlessPageIsNotReadToTheEnd() throws IOException {
        AtomicLong sent = new AtomicLong();
        StubPod pod = pod(StubPod.endless(sent));

        assertThat(reader.read(List.of(pod.target("endless")))).isEmpty();

        assertThat(reads("too_large")).isEqualTo(1);
        await().until(() -> pod.atOnce.get() == 0);
        // What the sockets between them hold back is not known, but it is not without bound.
        assertThat(sent.get()).isLessThan(MAX_BYTES + (16L << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"302 Found", "404 Not Found", "500 Internal Server Error", "206 Partial Content"})
    void otherStatusIsNoAnswer(String status) throws IOException {
        assertThat(reader.read(List.of(pod(StubPod.status(status)).target("other"))))
                .isEmpty();
        assertThat(reads("status")).isEqualTo(1);
    }

    @Test
    void malformedPageIsNoAnswer() throws IOException {
        StubPod pod = pod(StubPod.page("vllm:num_requests_running many\n"));

        assertThat(reader.read(List.of(pod.target("malformed")))).isEmpty();
        assertThat(reads("malformed")).isEqualTo(1);
    }

    @Test
    void queriesAtTheSameTimeShareARead() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        StubPod pod = pod(StubPod.heldBack(release, PAGE));
        PodTarget target = pod.target("shared");

        List<CompletableFuture<Integer>> queries = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> reader.read(List.of(target)).size(),
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        await().until(() -> pod.requests.get() == 1);
        release.countDown();

        assertThat(queries).extracting(CompletableFuture::join).containsOnly(1);
        assertThat(pod.requests).hasValue(1);
    }

    @Test
    void answerServesUntilItIsStale() throws IOException {
        StubPod pod = pod(StubPod.page(PAGE));
        PodTarget target = pod.target("cached");
        reader.read(List.of(target));

        clock.advance(Duration.ofMillis(900));
        reader.read(List.of(target));
        assertThat(pod.requests).hasValue(1);

        clock.advance(Duration.ofMillis(100));
        reader.read(List.of(target));
        assertThat(pod.requests).hasValue(2);
    }

    @Test
    void fewReadsAreUnderWayAtOnce() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        StubPod pod = pod(StubPod.heldBack(release, PAGE));
        PodReader narrow = reader(3);
        List<PodTarget> targets =
                IntStream.range(0, 12).mapToObj(i -> pod.target("pod-" + i)).toList();

        CompletableFuture<Integer> answers = CompletableFuture.supplyAsync(
                () -> narrow.read(targets).size(), task -> Thread.ofVirtual().start(task));
        await().until(() -> pod.atOnce.get() == 3);
        release.countDown();

        assertThat(answers.join()).isEqualTo(12);
        assertThat(pod.mostAtOnce).hasValue(3);
    }

    @Test
    void readThatNeverBeganIsToldApart() throws IOException {
        StubPod pod = pod(StubPod.heldBack(new CountDownLatch(1), PAGE));
        PodReader narrow = reader(1);

        assertThat(narrow.read(List.of(pod.target("a"), pod.target("b"), pod.target("c"))))
                .isEmpty();
        await().until(() -> reads("saturated") + reads("timeout") == 3);
        assertThat(reads("saturated")).isPositive();
    }

    private PodReader reader(int parallel) {
        ReadLimits limits = new ReadLimits(PER_READ, PER_REQUEST, parallel, Duration.ofSeconds(1), MAX_BYTES);
        PodReader made = new PodReader(limits, clock, meters);
        opened.add(made);
        return made;
    }

    private StubPod pod(StubPod.Behaviour behaviour) throws IOException {
        StubPod pod = new StubPod(behaviour);
        opened.add(pod);
        return pod;
    }

    private int reads(String outcome) {
        var counter = meters.find("llmservice.metricsapi.pod.reads")
                .tag("outcome", outcome)
                .counter();
        return counter == null ? 0 : (int) counter.count();
    }
}
