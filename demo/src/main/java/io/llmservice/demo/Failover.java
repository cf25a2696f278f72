package io.llmservice.demo;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.BreakerStatus;
import io.llmservice.api.v1alpha1.FallbackStatus;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Every pod is killed under load: who answers instead, what it costs, and how traffic goes home again. */
final class Failover {

    private static final int CLIENTS = 4;
    private static final int TOKENS = 40;

    private final Cluster cluster;
    private final Entrance entrance;
    private final String name;
    private final Screen screen;

    Failover(Cluster cluster, Entrance entrance, String name, Screen screen) {
        this.cluster = cluster;
        this.entrance = entrance;
        this.name = name;
        this.screen = screen;
    }

    /** @param yaml the service as it was applied, without a fallback */
    void run(String yaml) {
        screen.heading("A fallback, and every pod killed under load");
        try (var vendor = Vendor.start()) {
            protect(yaml, vendor.fallback());
            try (var load = new Load(CLIENTS, name, TOKENS, entrance::address)) {
                screen.step(CLIENTS + " clients ask, one question after another");
                Watch.until("answers of pods", Duration.ofSeconds(30), () -> above(load.byPods(), 3));
                kill(load);
                comeHome(load);
                judge(load);
            }
        }
    }

    private void protect(String yaml, String fallback) {
        screen.say(fallback);
        cluster.apply(yaml.stripTrailing() + "\n" + fallback.indent(2)).ifPresent(refusal -> {
            throw new DemoFailure(refusal);
        });
        Watch.until("a breaker in the status", Duration.ofSeconds(30), this::breaker);
        screen.step("the service has a fallback: a vendor that speaks OpenAI's API and asks for money");
    }

    private void kill(Load load) {
        int pods = cluster.readyPods().size();
        long killed = System.nanoTime();
        cluster.killPods();
        screen.step(pods + " of " + pods + " pods killed, without any grace");
        var first = Watch.until("an answer from the fallback", Duration.ofSeconds(20), load::firstFallback);
        screen.step(String.format(
                Locale.ROOT,
                "first token from %s %.0f ms after the kill (%s)",
                first.target(),
                (first.at() - killed) / 1e6,
                first.reason()));
        var open = Watch.until(
                "an open breaker in the status",
                Duration.ofSeconds(20),
                () -> breaker().filter(found -> found.state() != BreakerPosition.CLOSED));
        screen.step("status.breaker: " + word(open.state()) + ", to "
                + Optional.ofNullable(open.target()).orElse("?") + ": "
                + Optional.ofNullable(open.reason()).orElse(""));
        table();
    }

    private void comeHome(Load load) {
        Watch.until(
                "pods that are back",
                Duration.ofMinutes(2),
                () -> above(cluster.readyPods().size(), 0));
        screen.step("a pod is back; " + load.byFallback() + " answers came from the vendor meanwhile");
        Watch.until(
                "a closed breaker in the status",
                Duration.ofMinutes(1),
                () -> breaker().filter(found -> found.state() == BreakerPosition.CLOSED));
        screen.step("the breaker has closed");
        int before = load.byPods();
        Watch.until("answers of pods again", Duration.ofSeconds(30), () -> above(load.byPods(), before + CLIENTS));
        screen.step("traffic has gone home");
        table();
        var spent = Watch.until(
                "what it cost",
                Duration.ofSeconds(20),
                () -> cluster.status()
                        .map(LlmServiceStatus::fallback)
                        .filter(fallback -> fallback.requests() != null && fallback.requests() > 0));
        screen.step("status.fallback: " + words(spent));
    }

    private void judge(Load load) {
        screen.step(load.answers() + " complete answers, " + load.cut() + " cut in the middle by the kill and told so, "
                + load.refused() + " lost before the first byte");
        if (load.refused() > 0) {
            throw new DemoFailure("requests were lost before their first byte: " + load.lastRefusal());
        }
    }

    private void table() {
        cluster.status().ifPresent(status -> {
            var replicas = status.replicas();
            screen.say("  NAME     READY   BREAKER    FALLBACK");
            screen.say(String.format(
                    Locale.ROOT,
                    "  %-8s %-7s %-10s %s",
                    name,
                    replicas == null ? "-" : replicas.ready() + "/" + replicas.desired(),
                    breaker().map(found -> word(found.state())).orElse("-"),
                    Optional.ofNullable(status.fallback()).map(Failover::words).orElse("-")));
        });
    }

    /** As status and kubectl show it. */
    private static String word(BreakerPosition position) {
        return switch (position) {
            case CLOSED -> "Closed";
            case OPEN -> "Open";
            case HALF_OPEN -> "HalfOpen";
        };
    }

    private Optional<BreakerStatus> breaker() {
        return cluster.status().map(LlmServiceStatus::breaker);
    }

    private static String words(FallbackStatus fallback) {
        return Optional.ofNullable(fallback.spent()).orElse("nothing") + " for " + fallback.requests()
                + " requests and " + fallback.tokens() + " tokens";
    }

    private static Optional<Integer> above(int number, int bound) {
        return number > bound ? Optional.of(number) : Optional.empty();
    }
}
