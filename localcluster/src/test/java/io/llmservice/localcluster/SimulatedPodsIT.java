package io.llmservice.localcluster;

import static io.llmservice.localcluster.TestPods.container;
import static io.llmservice.localcluster.TestPods.main;
import static io.llmservice.localcluster.TestPods.probe;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.workload.WorkloadContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

        Pod crashing = pods.awaitPod(
                "server",
                pod -> !pod.getStatus().getContainerStatuses().isEmpty()
                        && main(pod).getState().getWaiting() != null
                        && "CrashLoopBackOff"
                                .equals(main(pod).getState().getWaiting().getReason()));
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

        Pod waiting = pods.awaitPod(
                "server",
                pod -> !pod.getStatus().getContainerStatuses().isEmpty()
                        && main(pod).getState().getWaiting() != null
                        && "CreateContainerConfigError"
                                .equals(main(pod).getState().getWaiting().getReason()));
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
}
