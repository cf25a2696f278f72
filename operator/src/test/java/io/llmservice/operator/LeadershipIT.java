package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.llmservice.localcluster.process.LoopbackPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Replicas of the real program: one leads, and another goes on when that one dies. */
class LeadershipIT {

    /** A dead leader's Lease runs out first. */
    private static final Duration TAKEOVER = Duration.ofSeconds(90);

    private final String namespace = TestCluster.newNamespace();

    @Test
    void anotherReplicaGoesOnWhenTheLeaderDiesAndLetsGoWhenItIsTold() throws Exception {
        var first = replica("first");
        try {
            awaitLeader("first");
            var second = replica("second");
            try {
                first.destroyForcibly().waitFor();

                awaitLeader("second");

                second.destroy();

                assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(leader()).isEmpty();
            } finally {
                second.destroyForcibly();
            }
        } finally {
            first.destroyForcibly();
        }
    }

    private static void awaitLeader(String name) {
        await("leadership of " + name)
                .atMost(TAKEOVER)
                .until(LeadershipIT::leader, holder -> holder.equals(Optional.of(name)));
    }

    private static Optional<String> leader() {
        return Optional.ofNullable(TestCluster.admin()
                        .resources(Lease.class)
                        .inNamespace(TestCluster.OPERATOR_NAMESPACE)
                        .withName("llmservice-operator")
                        .get())
                .map(lease -> lease.getSpec().getHolderIdentity())
                .filter(holder -> !holder.isEmpty());
    }

    private Process replica(String name) throws IOException {
        var directory = TestCluster.get().runDirectory();
        var kubeconfig = TestCluster.get()
                .kubeconfigFor(TestCluster.OPERATOR_NAMESPACE, OperatorRelease.SERVICE_ACCOUNT)
                .write(directory.resolve("kubeconfigs/" + name));
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
        var environment = builder.environment();
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("POD_NAME", name);
        environment.put("POD_NAMESPACE", TestCluster.OPERATOR_NAMESPACE);
        environment.put("WATCH_NAMESPACES", namespace);
        environment.put("LEADER_ELECTION", "true");
        environment.put("METRICS_API_MODE", "disabled");
        environment.put("BIND_ADDRESS", "127.0.0.1");
        environment.put("HTTP_PORT", String.valueOf(LoopbackPorts.free(1).getFirst()));
        return builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }
}
