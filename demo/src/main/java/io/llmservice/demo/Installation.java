package io.llmservice.demo;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.llmservice.localcluster.LocalCluster;
import io.llmservice.localcluster.engine.EngineRuntime;
import io.llmservice.localcluster.engine.RealEngine;
import io.llmservice.localcluster.helm.Helm;
import io.llmservice.localcluster.nodes.NodeSettings;
import io.llmservice.localcluster.nodes.SimulatedNodes;
import io.llmservice.localcluster.workload.LocalProcess;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The product on a local cluster: Karpenter, simulated nodes and engines, and the chart installed by Helm. Operator and
 * gateway are pods of their Deployments and run as processes of this machine, each under its own ServiceAccount.
 */
final class Installation {

    static final String NAMESPACE = "llmservice-system";
    private static final String RELEASE = "llmservice-operator";

    /** Address of the operator's pod: a Service cannot select loopback pods, but it can name one. */
    private static final String OPERATOR_ADDRESS = "127.0.77.1";

    private static final String GATEWAY_ADDRESS = "127.0.77.2";

    /** Where clients on this machine reach the gateway. */
    static final URI GATEWAY = URI.create("http://" + GATEWAY_ADDRESS + ":8080");

    private final Path checkout;

    /**
     * @param checkout root of the project, where the chart and the built operator are
     */
    Installation(Path checkout) {
        this.checkout = checkout;
    }

    /**
     * Returns when the operator is ready, and the gateway.
     *
     * @return where the gateway answers; empty if it has not been built
     */
    Optional<URI> install(LocalCluster cluster) {
        boolean gateway = GatewayProgram.isBuilt(checkout);
        cluster.startNodes(NodeSettings.defaults()
                .withRuntime(new LocalProcess(
                        Pattern.compile(".*llmservice-operator.*"), cluster.runDirectory(), this::operatorCommand))
                .withRuntime(GatewayProgram.runtime(checkout, cluster.runDirectory()))
                .withRuntime(engines(cluster)));
        cluster.startKarpenter();
        new Helm(cluster).install(RELEASE, NAMESPACE, checkout.resolve("helm/llmservice-operator"), values(gateway));
        leadToOperator(cluster);
        awaitReady(cluster, RELEASE);
        if (gateway) {
            awaitReady(cluster, RELEASE + "-gateway");
        }
        return gateway ? Optional.of(GATEWAY) : Optional.empty();
    }

    private static void awaitReady(LocalCluster cluster, String deployment) {
        cluster.adminClient()
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withName(deployment)
                .waitUntilReady(60, TimeUnit.SECONDS);
    }

    private static String values(boolean gateway) {
        return """
            replicas: 1
            logFormat: text
            http: {bindAddress: $(POD_IP)}
            podAnnotations: {%s: %s}
            nodeClass: {ref: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: %s}}
            allowed: {nodeClasses: ["karpenter.kwok.sh/KWOKNodeClass/*"], roles: ["*"], serviceAccounts: ["*"],
              fallback: {hosts: ["http://%s"]}}
            gateway:
              enabled: %s
              replicas: 1
              bindAddress: $(POD_IP)
              drainSeconds: 5
              podAnnotations: {%s: %s}
            """.formatted(
                        SimulatedNodes.POD_IP_ANNOTATION,
                        OPERATOR_ADDRESS,
                        LocalCluster.NODE_CLASS,
                        Vendor.ADDRESS,
                        gateway,
                        SimulatedNodes.POD_IP_ANNOTATION,
                        GATEWAY_ADDRESS);
    }

    /** Simulators, or the real vLLM on CPU with a tiny random model where {@code DEMO_ENGINE=vllm} asks for it. */
    private static WorkloadRuntime engines(LocalCluster cluster) {
        return RealVllm.isAskedFor()
                ? new RealEngine(
                        EngineRuntime.VLLM_IMAGE,
                        cluster.runDirectory(),
                        cluster.binaries().cache(),
                        System.out::println)
                : new EngineRuntime(EngineRuntime.VLLM_IMAGE);
    }

    /** The aggregation layer dials what the Service names, at the Service's port. */
    private static void leadToOperator(LocalCluster cluster) {
        cluster.adminClient()
                .services()
                .inNamespace(NAMESPACE)
                .withName(RELEASE + "-metrics")
                .edit(service -> new ServiceBuilder(service)
                        .withSpec(new ServiceSpecBuilder()
                                .withType("ExternalName")
                                .withExternalName(OPERATOR_ADDRESS)
                                .withPorts(service.getSpec().getPorts())
                                .build())
                        .build());
    }

    private List<String> operatorCommand(WorkloadContext context) {
        var libraries = checkout.resolve("operator/target/operator/lib");
        if (!Files.isDirectory(libraries)) {
            throw new IllegalStateException(libraries + " is not there; run `make build` first");
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                libraries.toAbsolutePath() + "/*",
                "io.llmservice.operator.Main");
    }
}
