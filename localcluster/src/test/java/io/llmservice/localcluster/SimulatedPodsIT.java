package io.llmservice.localcluster;

import static io.llmservice.localcluster.TestPods.container;
import static io.llmservice.localcluster.TestPods.main;
import static io.llmservice.localcluster.TestPods.probe;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmservice.localcluster.workload.LocalProcess;
import io.llmservice.localcluster.workload.WorkloadContext;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SimulatedPodsIT {
    private final LocalCluster cluster = SharedCluster.withNodes();
    private final KubernetesClient admin = cluster.adminClient();

    @Test
    void unknownImagesAreReadyAtOnceOnAddressesOfTheirOwn() {
        TestPods pods = TestPods.in(admin, "idle");

        pods.create(
                "one", container("anything").withReadinessProbe(probe("/none")).build());
        pods.create("two", container("anything").build());

        Pod one = pods.awaitReady("one");
        Pod two = pods.awaitReady("two");
        assertThat(one.getStatus().getPhase()).isEqualTo("Running");
        assertThat(one.getStatus().getPodIP())
                .startsWith("127.")
                .isNotEqualTo(two.getStatus().getPodIP());
        assertThat(one.getStatus().getConditions())
                .extracting("type")
                .contains("PodScheduled", "Initialized", "ContainersReady", "Ready");
    }

    @Test
    void podIsReadyOnlyWhileItsProbesPass() {
        HttpWorkload server = new HttpWorkload("probed");
        server.answer("/health", 503);
        cluster.nodes().register(server);
        TestPods pods = TestPods.in(admin, "probes");

        pods.create(
                "server",
                container("probed")
                        .withStartupProbe(probe("/started"))
                        .withReadinessProbe(probe("/health"))
                        .build());

        Pod started = pods.awaitPod(
                "server",
                pod -> !pod.getStatus().getContainerStatuses().isEmpty()
                        && main(pod).getStarted());
        assertThat(main(started).getReady()).isFalse();
        server.answer("/health", 200);
        pods.awaitReady("server");
        server.answer("/health", 500);
        Pod unready = pods.awaitPod("server", pod -> !TestPods.isReady(pod));
        assertThat(main(unready).getRestartCount()).isZero();
    }

    @Test
    void failingLivenessProbeRestartsTheContainer() {
        HttpWorkload server = new HttpWorkload("sick");
        cluster.nodes().register(server);
        TestPods pods = TestPods.in(admin, "liveness");
        pods.create(
                "server", container("sick").withLivenessProbe(probe("/live")).build());
        pods.awaitReady("server");

        server.answer("/live", 500);
        await().atMost(15, SECONDS).until(() -> !server.stopped.isEmpty());
        server.answer("/live", 200);

        Pod restarted = pods.awaitPod("server", pod -> main(pod).getRestartCount() == 1 && TestPods.isReady(pod));
        assertThat(main(restarted).getLastState().getTerminated()).isNotNull();
    }

    @Test
    void containerThatRefusesItsArgumentsBacksOffAndSaysWhy() {
        cluster.nodes().register(new HttpWorkload("strict"));
        TestPods pods = TestPods.in(admin, "crash");

        pods.create(
                "server",
                container("strict")
                        .withArgs("--bad")
                        .withTerminationMessagePolicy("FallbackToLogsOnError")
                        .build());

        Pod crashing = pods.awaitWaiting("server", "CrashLoopBackOff");
        assertThat(main(crashing).getState().getWaiting().getMessage()).contains("back-off");
        assertThat(main(crashing).getLastState().getTerminated().getExitCode()).isEqualTo(2);
        assertThat(main(crashing).getLastState().getTerminated().getMessage()).contains("--bad");
    }

    @Test
    void missingSecretIsReportedAndTakenUpWhenItComes() {
        HttpWorkload server = new HttpWorkload("secretive");
        cluster.nodes().register(server);
        TestPods pods = TestPods.in(admin, "secrets");
        pods.create(
                "server",
                container("secretive")
                        .withEnv(
                                new EnvVarBuilder()
                                        .withName("TOKEN")
                                        .withNewValueFrom()
                                        .withNewSecretKeyRef("token", "hf", false)
                                        .endValueFrom()
                                        .build(),
                                new EnvVarBuilder()
                                        .withName("GREETING")
                                        .withValue("hello $(TOKEN)")
                                        .build())
                        .withArgs("--say=$(GREETING)", "$$(GREETING)")
                        .build());

        Pod waiting = pods.awaitWaiting("server", "CreateContainerConfigError");
        assertThat(main(waiting).getState().getWaiting().getMessage()).isEqualTo("secret \"hf\" not found");
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("secrets")
                        .withName("hf")
                        .endMetadata()
                        .withStringData(Map.of("token", "s3cret"))
                        .build())
                .create();

        pods.awaitReady("server");
        WorkloadContext context = server.started.getFirst();
        assertThat(context.environment()).containsEntry("GREETING", "hello s3cret");
        assertThat(context.arguments()).isEqualTo(List.of("--say=hello s3cret", "$(GREETING)"));
    }

    @Test
    void deletionRunsThePreStopHookAndThenStopsTheWorkload() {
        HttpWorkload server = new HttpWorkload("graceful");
        cluster.nodes().register(server);
        TestPods pods = TestPods.in(admin, "graceful");
        pods.create(
                "server",
                container("graceful")
                        .withNewLifecycle()
                        .withNewPreStop()
                        .withNewSleep(2L)
                        .endPreStop()
                        .endLifecycle()
                        .build());
        pods.awaitReady("server");

        admin.pods().inNamespace("graceful").withName("server").delete();

        await().atMost(10, SECONDS)
                .until(() ->
                        admin.pods().inNamespace("graceful").withName("server").get() == null);
        assertThat(server.stopped.getFirst())
                .as("what is left of five seconds after a hook of two")
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
    }

    @Test
    void forcedDeletionStopsTheWorkloadAtOnce() {
        HttpWorkload server = new HttpWorkload("forced");
        cluster.nodes().register(server);
        TestPods pods = TestPods.in(admin, "forced");
        pods.create("server", container("forced").build());
        pods.awaitReady("server");

        admin.pods().inNamespace("forced").withName("server").withGracePeriod(0).delete();

        await().atMost(5, SECONDS).until(() -> server.stopped.contains(Duration.ZERO));
    }

    @Test
    void thirtyPodsAreReadyWithinSeconds() {
        TestPods.in(admin, "thirty");
        Deployment deployment = new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace("thirty")
                .withName("many")
                .endMetadata()
                .withNewSpec()
                .withReplicas(30)
                .withNewSelector()
                .addToMatchLabels("app", "many")
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", "many")
                .endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L)
                .withContainers(container("anything").build())
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();

        admin.resource(deployment).create();

        admin.resource(deployment)
                .waitUntilCondition(
                        now -> now.getStatus() != null
                                && Integer.valueOf(30).equals(now.getStatus().getReadyReplicas()),
                        10,
                        SECONDS);
        admin.resource(deployment).delete();
    }

    @Test
    void localProcessRunsUnderItsServiceAccountAndIsRestartedWhenItFails() throws Exception {
        cluster.nodes()
                .register(LocalProcess.program(
                        Pattern.compile("shell:.*"), cluster.runDirectory(), List.of("/bin/sh", "-c")));
        TestPods pods = TestPods.in(admin, "process");
        Pod created = pods.create(
                "shell",
                container("shell:1")
                        .withEnv(new EnvVarBuilder()
                                .withName("WHO")
                                .withValue("me")
                                .build())
                        .withArgs("echo \"$WHO $KUBECONFIG\"; test -e again || { touch again; exit 7; }; exec sleep 60")
                        .build());

        Pod restarted =
                pods.awaitPod("shell", pod -> TestPods.isReady(pod) && main(pod).getRestartCount() == 1);

        assertThat(main(restarted).getLastState().getTerminated().getExitCode()).isEqualTo(7);
        List<String> log = Files.readAllLines(cluster.nodes().log(created, "main"));
        assertThat(log.getFirst()).startsWith("me /");
        File kubeconfig = new File(log.getFirst().substring("me ".length()));
        try (KubernetesClient itself = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig))
                .build()) {
            assertThatThrownBy(() -> itself.pods().inNamespace("process").list())
                    .hasMessageContaining("system:serviceaccount:process:default");
        }
        admin.pods().inNamespace("process").withName("shell").delete();
        await().atMost(10, SECONDS)
                .until(() ->
                        admin.pods().inNamespace("process").list().getItems().isEmpty());
    }
}
