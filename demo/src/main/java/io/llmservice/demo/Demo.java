package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.localcluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The life of one LlmService, step by step; each step waits for what it says and fails if it does not come. */
final class Demo {

    private static final Path QUICKSTART = Path.of("examples", "quickstart.yaml");
    private static final String NAME = "qwen";
    private static final int CLIENTS = 24;
    private static final int LONG_ANSWER = 200;

    private static final String TWO_SOURCES = """
            apiVersion: llmservice.io/v1alpha1
            kind: LlmService
            metadata: {name: broken}
            spec:
              model:
                source:
                  huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}
                  s3: {uri: "s3://models/qwen"}
            """;

    private static final String TOO_LARGE = """
            apiVersion: llmservice.io/v1alpha1
            kind: LlmService
            metadata: {name: qwen}
            spec:
              model:
                source:
                  huggingFace: {repository: meta-llama/Llama-3.1-70B-Instruct}
              compute:
                instanceTypes: [g4dn.xlarge]
            """;

    private final Path checkout;
    private final Cluster cluster;
    private final Entrance entrance;
    private final Screen screen;

    /** @param gateway where the gateway answers, if it is there */
    Demo(LocalCluster local, Path checkout, Optional<URI> gateway, Screen screen) {
        this.checkout = checkout;
        this.cluster = new Cluster(local.adminClient(), NAME);
        this.entrance = new Entrance(cluster, gateway);
        this.screen = screen;
    }

    void run() {
        serve();
        talk();
        scale();
        if (entrance.isGateway()) {
            new Failover(cluster, entrance, NAME, screen).run(read(checkout.resolve(QUICKSTART)));
        }
        breakIt();
        delete();
        screen.heading("Done");
    }

    private void serve() {
        screen.heading("kubectl apply -f " + QUICKSTART);
        var yaml = read(checkout.resolve(QUICKSTART));
        screen.say(yaml);
        cluster.apply(yaml).ifPresent(refusal -> {
            throw new DemoFailure(refusal);
        });
        screen.step("accepted");
        var plan = Watch.until(
                "a plan",
                Duration.ofSeconds(30),
                () -> cluster.status().flatMap(status -> Optional.ofNullable(status.plan())));
        screen.step("planned: " + plan.summary());
        plan.memory().forEach(screen::say);
        plan.rejected().stream().limit(3).forEach(line -> screen.say("not " + line));
        Watch.until("a NodePool", Duration.ofSeconds(30), () -> first(cluster.karpenter("NodePool")));
        screen.step(cluster.karpenter("NodePool").size() + " NodePools, one for each instance type of the ladder");
        var claim = Watch.until(
                "a NodeClaim with an instance type",
                Duration.ofSeconds(30),
                () -> cluster.karpenter("NodeClaim").stream()
                        .filter(found -> instanceType(found) != null)
                        .findFirst());
        screen.step("NodeClaim " + claim.getMetadata().getName() + ": Karpenter chose " + instanceType(claim));
        var node = Watch.until(
                "a node",
                Duration.ofMinutes(1),
                () -> cluster.status().stream()
                        .flatMap(status -> status.nodes().stream())
                        .filter(found -> found.node() != null)
                        .findFirst());
        screen.step("node " + node.node() + " joined");
        var pod = Watch.until(
                "a pod on a node",
                Duration.ofMinutes(1),
                () -> cluster.pods().stream()
                        .filter(found -> found.getSpec().getNodeName() != null)
                        .findFirst());
        screen.step("pod " + pod.getMetadata().getName() + " runs vLLM there and loads the model");
        var ready = Watch.until("Ready", Duration.ofMinutes(3), () -> cluster.condition("Ready", "Serving"));
        screen.step("Ready: " + ready.message());
        screen.say(
                "endpoint " + cluster.status().map(LlmServiceStatus::endpoint).orElse(""));
    }

    private void talk() {
        screen.heading("A chat completion, token by token");
        var address = Watch.until("an address to ask", Duration.ofSeconds(10), entrance::address);
        screen.part("          ");
        int[] tokens = {0};
        new ModelClient().chat(address, NAME, "Why do GPUs sit idle?", 40, piece -> {
            tokens[0]++;
            screen.part(piece.text());
        });
        screen.part(System.lineSeparator());
        if (tokens[0] < 2) {
            throw new DemoFailure("the answer came in " + tokens[0] + " pieces; it should stream");
        }
        screen.step(tokens[0] + " pieces streamed from " + (entrance.isGateway() ? "the gateway at " : "") + address);
    }

    private void scale() {
        screen.heading(CLIENTS + " clients at once");
        int nodes = cluster.karpenter("NodeClaim").size();
        try (var load = new Load(CLIENTS, NAME, LONG_ANSWER, entrance::address)) {
            var desired = Watch.until("scale-out", Duration.ofMinutes(1), () -> above(cluster.desiredReplicas(), 1));
            screen.step("the HorizontalPodAutoscaler reads vllm:num_requests_running and asks for " + desired
                    + " replicas");
            Watch.until(
                    "another node",
                    Duration.ofMinutes(1),
                    () -> above(cluster.karpenter("NodeClaim").size(), nodes));
            screen.step("Karpenter makes another node: "
                    + cluster.karpenter("NodeClaim").stream()
                            .map(Demo::instanceType)
                            .toList());
            var ready = Watch.until(
                    "a second ready pod",
                    Duration.ofSeconds(90),
                    () -> above(cluster.readyPods().size(), 1));
            screen.step(ready + " pods answer; " + load.answers() + " answers so far");
        }
        screen.step("the clients leave");
        Watch.until(
                "scale-in",
                Duration.ofSeconds(90),
                () -> Optional.of(cluster.desiredReplicas()).filter(count -> count == 1));
        screen.step("back to one replica; the empty nodes go once Karpenter has waited its while");
    }

    private void breakIt() {
        screen.heading("Something wrong on purpose");
        var refusal = cluster.apply(TWO_SOURCES).orElseThrow(() -> new DemoFailure("two sources were accepted"));
        screen.step("two sources: the API server refuses it");
        screen.say(refusal);
        cluster.apply(TOO_LARGE).ifPresent(words -> {
            throw new DemoFailure(words);
        });
        Condition told = Watch.until(
                "a condition",
                Duration.ofSeconds(30),
                () -> cluster.status().stream()
                        .flatMap(status -> status.conditions().stream())
                        .filter(condition -> condition.type().equals("Ready")
                                && condition.reason().equals("NothingFits"))
                        .findFirst());
        screen.step("a model too large for the instance named: what serves is left alone");
        screen.say(told.reason() + ": " + told.message());
        if (cluster.readyPods().isEmpty()) {
            throw new DemoFailure("a bad spec stopped what was serving");
        }
    }

    private void delete() {
        screen.heading("kubectl delete llm " + NAME);
        cluster.delete();
        Watch.until(
                "the end of everything",
                Duration.ofMinutes(2),
                () -> Optional.of(cluster.leftOver()).filter(List::isEmpty));
        screen.step("nothing is left: no pods, NodePools, NodeClaims, nodes or services");
    }

    private static Optional<Integer> above(int number, int bound) {
        return number > bound ? Optional.of(number) : Optional.empty();
    }

    private static Optional<GenericKubernetesResource> first(List<GenericKubernetesResource> found) {
        return found.stream().findFirst();
    }

    private static @org.jspecify.annotations.Nullable String instanceType(GenericKubernetesResource claim) {
        Map<String, String> labels = claim.getMetadata().getLabels();
        return labels == null ? null : labels.get("node.kubernetes.io/instance-type");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }
}
