package io.llmservice.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code make bench-gateway}: prints a table of the gateway's figures beside those of nginx and HAProxy, in one run. */
public final class GatewayBench {

    private static final Path CHECKOUT = Path.of("");
    private static final long WARM_UP = Long.getLong("bench.warmUpMillis", 20_000);
    private static final long MEASURE = Long.getLong("bench.measureMillis", 10_000);

    private final Vertx vertx = Vertx.vertx();
    private final Client client = new Client(vertx);
    private final List<MockPod> pods =
            List.of(new MockPod(vertx, Proxy.freePort()), new MockPod(vertx, Proxy.freePort()));
    private final MockPod vendor = new MockPod(vertx, Proxy.freePort());
    private final Path directory;
    private final List<String> rows = new ArrayList<>();

    private GatewayBench(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException {
        var directory = CHECKOUT.resolve("target/bench").toAbsolutePath();
        Files.createDirectories(directory);
        // The threads of clients and pods would keep a failed run alive.
        Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> {
            System.err.println("failed: " + failure);
            Runtime.getRuntime().halt(1);
        });
        new GatewayBench(directory).run();
        System.exit(0);
    }

    private void run() {
        cpu();
        failures();
        memory();
        System.out.println();
        System.out.println("Measured on " + LocalDate.now(ZoneOffset.UTC)
                + " by `make bench-gateway`; ratios are of this one run.");
        System.out.println();
        System.out.println("| what | figure | gateway | nginx | HAProxy |");
        System.out.println("|---|---|---|---|---|");
        rows.forEach(System.out::println);
    }

    private void cpu() {
        var scenarios = new CpuScenarios(client, pods, WARM_UP, MEASURE);
        say("CPU: streams, small requests, large prompts");
        var gateway = with(this::gateway, proxy -> measure(scenarios, proxy));
        var nginx = opponent("nginx", () -> Proxy.nginx(directory, ports()), scenarios);
        var haProxy = opponent("haproxy", () -> Proxy.haProxy(directory, ports()), scenarios);
        row(
                "CPU per streamed chunk, warm",
                "µs",
                gateway.chunk().warm(),
                nginx.chunk().warm(),
                haProxy.chunk().warm());
        row("CPU per small POST, warm", "µs", gateway.post(), nginx.post(), haProxy.post());
        row("CPU per 220 KB prompt, warm", "µs", gateway.large(), nginx.large(), haProxy.large());
        row(
                "first ten seconds against warm, CPU per chunk",
                "×",
                gateway.chunk().firstSeconds() / gateway.chunk().warm(),
                nginx.chunk().firstSeconds() / nginx.chunk().warm(),
                haProxy.chunk().firstSeconds() / haProxy.chunk().warm());
    }

    private record Cpu(CpuScenarios.Chunks chunk, double post, double large) {

        static final Cpu NONE = new Cpu(new CpuScenarios.Chunks(Double.NaN, Double.NaN), Double.NaN, Double.NaN);
    }

    private static Cpu measure(CpuScenarios scenarios, Proxy proxy) {
        var chunk = scenarios.perChunk(proxy);
        return new Cpu(chunk, scenarios.perRequest(proxy, Client.POST), scenarios.perRequest(proxy, Client.LARGE_POST));
    }

    private Cpu opponent(String program, Supplier<Proxy> start, CpuScenarios scenarios) {
        if (!isInstalled(program)) {
            say(program + " is not installed; its column stays empty");
            return Cpu.NONE;
        }
        return with(start, proxy -> measure(scenarios, proxy));
    }

    private void failures() {
        var scenarios = new FailureScenarios(vertx, client, pods);
        say("time to first byte, pods that die, cancellation, overload");
        var direct = scenarios.firstByte(pods.getFirst().port(), MEASURE / 2);
        with(this::gateway, proxy -> {
            var through = scenarios.firstByte(proxy.port(), MEASURE / 2);
            row("time to first token added, p50", "µs", through.percentile(50) - direct.percentile(50));
            row("time to first token added, p99", "µs", through.percentile(99) - direct.percentile(99));
            var killed = scenarios.killOne(proxy);
            row(
                    "one of two pods killed: errors before the first byte, of " + killed.requests(),
                    "",
                    killed.failedBeforeFirstByte());
            var cancelled = scenarios.cancellations(proxy, 200);
            row("cancellations that reach the pod, of 200", "", cancelled.count());
            row("cancellation, p99", "ms", cancelled.percentile(99) / 1000.0);
            return proxy;
        });
        vendor.pace(MockPod.Pace.stream(20, 20));
        var vendorDirect = scenarios.firstByte(vendor.port(), MEASURE / 2);
        with(() -> Proxy.gateway(CHECKOUT, directory, ports(), Optional.of(vendor.port())), proxy -> {
            scenarios.firstByte(proxy.port(), MEASURE / 2);
            var dead = scenarios.killAll(proxy, MEASURE);
            row(
                    "all pods dead: first fallback byte added, p99",
                    "ms",
                    (dead.firstByte().percentile(99) - vendorDirect.percentile(99)) / 1000.0);
            row("all pods dead: errors before the first byte", "", dead.failed());
            return proxy;
        });
        with(() -> Proxy.gateway(CHECKOUT, directory, List.of(pods.getFirst().port()), Optional.empty()), proxy -> {
            scenarios.overload(proxy, pods.getFirst(), MEASURE / 2);
            row(
                    "3× overload: goodput of what one pod can do",
                    "%",
                    100 * scenarios.overload(proxy, pods.getFirst(), MEASURE));
            return proxy;
        });
    }

    private void memory() {
        say("memory: 1,000 open streams");
        pods.forEach(pod -> pod.pace(MockPod.Pace.stream(30, 1000)));
        with(this::gateway, proxy -> {
            try (var load = new Load(client, proxy.port(), Client.STREAM, 1000)) {
                Pause.millis(MEASURE);
                row("resident memory with 1,000 open streams", "MiB", ProcessUsage.residentMiB(proxy.handle()));
                load.take();
            }
            return proxy;
        });
    }

    private Proxy gateway() {
        return Proxy.gateway(CHECKOUT, directory, ports(), Optional.empty());
    }

    private List<Integer> ports() {
        return pods.stream().map(MockPod::port).toList();
    }

    private static <T> T with(Supplier<Proxy> start, java.util.function.Function<Proxy, T> measure) {
        try (var proxy = start.get()) {
            say("  " + proxy.name());
            return measure.apply(proxy);
        }
    }

    private static boolean isInstalled(String program) {
        return java.util.stream.Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void row(String what, String unit, Number... figures) {
        var cells = new StringBuilder("| " + what + " | " + unit + " ");
        for (int i = 0; i < 3; i++) {
            cells.append("| ")
                    .append(i < figures.length ? figure(figures, i) : "")
                    .append(' ');
        }
        rows.add(cells + "|");
        say("  " + cells + "|");
    }

    private static String figure(Number[] figures, int index) {
        double value = figures[index].doubleValue();
        if (Double.isNaN(value)) {
            return "";
        }
        var text = String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%.0f" : "%.2f", value);
        return index == 0 || Double.isNaN(figures[0].doubleValue()) || value == 0
                ? text
                : text + String.format(Locale.ROOT, " (gateway %.2f×)", figures[0].doubleValue() / value);
    }

    private static void say(String words) {
        System.out.println(words);
    }
}
