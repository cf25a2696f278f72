package io.llmservice.operator.metricsapi;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.llmservice.localcluster.LocalCluster;
import io.llmservice.localcluster.SharedCluster;
import io.llmservice.localcluster.controlplane.AuditLog;
import io.llmservice.operator.http.ReadinessCheck;
import io.llmservice.operator.metricsapi.TestAuthority.Client;
import io.llmservice.operator.metricsapi.pods.PodTarget;
import io.llmservice.operator.metricsapi.pods.PodTargets;
import io.llmservice.operator.metricsapi.pods.ReadLimits;
import io.llmservice.operator.metricsapi.tls.Pem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics API behind a real API server, with the rights of release.yaml and no others. */
class MetricsApiIT {
    private static final Map<String, String> LABELS = Map.of("app.kubernetes.io/part-of", "llmservice");
    private static final BusyEngine ENGINE = new BusyEngine();
    private static final LocalCluster CLUSTER = SharedCluster.withNodes();

    private final KubernetesClient admin = CLUSTER.adminClient();
    private final KubernetesClient operator = CLUSTER.clientFor("metrics-api", "operator");
    private final MetricsApi api = replica();

    @BeforeAll
    static void install() throws IOException {
        CLUSTER.nodes().register(ENGINE);
        CLUSTER.adminClient().load(resource("release.yaml")).serverSideApply();
    }

    @BeforeEach
    void start() throws IOException {
        api.start();
        await().atMost(10, SECONDS)
                .untilAsserted(() ->
                        assertThat(api.state()).isEqualTo(ReadinessCheck.State.holds("serving on port " + api.port())));
    }

    @AfterEach
    void stop() {
        for (ApiVersion version : ApiVersion.values()) {
            admin.resources(APIService.class).withName(version.apiServiceName()).delete();
        }
        api.close();
        operator.close();
    }

    @Test
    void horizontalPodAutoscalerScalesOnTheRequestsThatPodsSayTheyRun() throws IOException {
        assertThat(register(ApiServiceSettings.Mode.AUTO))
                .allSatisfy((version, state) -> assertThat(state).isEqualTo(new ApiServiceState.Ours()));
        ENGINE.requests(4);
        admin.load(resource("autoscaled.yaml")).serverSideApply();
        awaitReadyReplicas(1);

        ENGINE.requests(20);
        awaitReadyReplicas(3);

        assertThat(events("SuccessfulRescale"))
                .anyMatch(message -> message.contains("pods metric vllm:num_requests_running above target"));
        ENGINE.requests(4);
        awaitReadyReplicas(1);
    }

    @Test
    void callerWithoutRightsIsRefused() {
        register(ApiServiceSettings.Mode.AUTO);
        awaitAvailable();
        String path = "/apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods/%2A/vllm%3Anum_requests_running";

        assertThat(admin.raw(path)).contains("\"items\":[]");
        try (KubernetesClient stranger = CLUSTER.clientFor("default", "default")) {
            assertThatThrownBy(() -> stranger.raw(path))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(403));
        }
    }

    @Test
    void callerThatIsNotTheApiServerIsRefused() throws Exception {
        assertThat(direct(null, "system:serviceaccount:kube-system:horizontal-pod-autoscaler"))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    void apiServersOwnWordOnAUsersRightsCounts() throws Exception {
        Client frontProxy =
                new Client(Pem.certificates(pki("front-proxy.crt")).getFirst(), Pem.key(pki("front-proxy.key")));

        assertThat(direct(frontProxy, "system:serviceaccount:kube-system:horizontal-pod-autoscaler"))
                .isEqualTo("HTTP/1.1 200");
        assertThat(direct(frontProxy, "system:serviceaccount:default:default")).isEqualTo("HTTP/1.1 403");
    }

    @Test
    void replicasShareOneCertificate() throws IOException {
        AuditLog.Mark mark = CLUSTER.auditLog().mark();
        try (MetricsApi second = replica()) {
            second.start();

            await().atMost(10, SECONDS).until(second::ready);
            assertThat(second.caBundle()).isEqualTo(api.caBundle());
        }
        assertNoWritesSince(mark);
    }

    @Test
    void emptySecretOfTheReleaseIsFilled() throws IOException {
        Resource<Secret> secret = admin.secrets().inNamespace("metrics-api").withName("metrics-tls");
        secret.edit(found -> new SecretBuilder(found).withData(Map.of()).build());

        try (MetricsApi second = replica()) {
            second.start();

            await().atMost(10, SECONDS).until(second::ready);
        }
        assertThat(secret.get().getData()).containsOnlyKeys("ca.crt", "ca.key", "tls.crt", "tls.key");
    }

    @Test
    void registeringAgainWritesNothing() {
        register(ApiServiceSettings.Mode.AUTO);
        AuditLog.Mark mark = CLUSTER.auditLog().mark();

        for (int i = 0; i < 10; i++) {
            register(ApiServiceSettings.Mode.AUTO);
        }

        assertNoWritesSince(mark);
    }

    @Test
    void registrationGoesWithTheRelease() {
        register(ApiServiceSettings.Mode.AUTO);

        assertThat(registration(ApiVersion.V1BETA2).getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> {
                    assertThat(owner.getKind()).isEqualTo("ClusterRole");
                    assertThat(owner.getName()).isEqualTo("metrics-api");
                });
    }

    @Test
    void registrationFollowsTheAuthority() {
        register(ApiServiceSettings.Mode.AUTO);
        APIService before = registration(ApiVersion.V1BETA1);

        // The aggregator writes the status meanwhile, so a write may have to be tried again, as every few seconds it
        // is.
        await().atMost(10, SECONDS).untilAsserted(() -> {
            services(ApiServiceSettings.Mode.AUTO).reconcile("another bundle");
            assertThat(registration(ApiVersion.V1BETA1).getSpec().getCaBundle())
                    .isNotEqualTo(before.getSpec().getCaBundle());
        });

        await().atMost(10, SECONDS).untilAsserted(() -> {
            register(ApiServiceSettings.Mode.AUTO);
            assertThat(registration(ApiVersion.V1BETA1).getSpec()).isEqualTo(before.getSpec());
        });
    }

    @Test
    void anotherAdapterKeepsTheGroup() {
        APIService foreign = foreign();
        admin.resource(foreign).create();

        Map<ApiVersion, ApiServiceState> states = register(ApiServiceSettings.Mode.AUTO);

        assertThat(states)
                .allSatisfy((version, state) ->
                        assertThat(state).isEqualTo(new ApiServiceState.ForeignOwner("monitoring/prometheus-adapter")));
        assertThat(registration(ApiVersion.V1BETA1).getSpec().getService())
                .isEqualTo(foreign.getSpec().getService());
    }

    @Test
    void registrationIsTakenBackWhenDisabled() {
        register(ApiServiceSettings.Mode.AUTO);

        Map<ApiVersion, ApiServiceState> states = register(ApiServiceSettings.Mode.DISABLED);

        assertThat(states).allSatisfy((version, state) -> assertThat(state).isEqualTo(new ApiServiceState.Disabled()));
        assertThat(admin.resources(APIService.class)
                        .withName(ApiVersion.V1BETA2.apiServiceName())
                        .get())
                .isNull();
    }

    /** Asks past the API server; the status line. */
    private String direct(@Nullable Client client, String user) throws Exception {
        try (Socket socket = TestAuthority.context(client, api.caBundle().orElseThrow())
                .getSocketFactory()
                .createSocket("127.0.0.1", api.port())) {
            socket.getOutputStream().write("""
                    GET /apis/custom.metrics.k8s.io/v1beta2/namespaces/default/pods/*/vllm:num_requests_running HTTP/1.1\r
                    Host: metrics.metrics-api.svc\r
                    X-Remote-User: %s\r
                    \r
                    """.formatted(user).getBytes(US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), US_ASCII);
        }
    }

    private static String pki(String file) throws IOException {
        return Files.readString(CLUSTER.runDirectory().resolve("pki").resolve(file));
    }

    private MetricsApi replica() {
        MetricsApiSettings settings = new MetricsApiSettings(
                "127.0.0.1", 0, service(443), "metrics-tls", ReadLimits.DEFAULTS, Duration.ofSeconds(30));
        return new MetricsApi(operator, podsOf(operator), settings, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private Map<ApiVersion, ApiServiceState> register(ApiServiceSettings.Mode mode) {
        return services(mode).reconcile(api.caBundle().orElseThrow());
    }

    private ApiServices services(ApiServiceSettings.Mode mode) {
        return new ApiServices(operator, new ApiServiceSettings(mode, service(api.port()), Optional.of("metrics-api")));
    }

    private static MetricsApiService service(int port) {
        return new MetricsApiService("metrics-api", "metrics", port, LABELS);
    }

    private static PodTargets podsOf(KubernetesClient client) {
        return (namespace, selector) -> client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod ->
                        pod.getStatus().getPodIP() != null && pod.getMetadata().getDeletionTimestamp() == null)
                .map(MetricsApiIT::target)
                .filter(target -> selector.matches(target.labels()))
                .toList();
    }

    private static PodTarget target(Pod pod) {
        return new PodTarget(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getStatus().getPodIP(),
                BusyEngine.PORT,
                pod.getMetadata().getLabels());
    }

    private static APIService foreign() {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(ApiVersion.V1BETA1.apiServiceName())
                .endMetadata()
                .withNewSpec()
                .withGroup(ApiVersion.GROUP)
                .withVersion("v1beta1")
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                .withInsecureSkipTLSVerify(true)
                .withNewService("prometheus-adapter", "monitoring", 443)
                .endSpec()
                .build();
    }

    private APIService registration(ApiVersion version) {
        return Objects.requireNonNull(admin.resources(APIService.class)
                .withName(version.apiServiceName())
                .get());
    }

    private void awaitAvailable() {
        await().atMost(20, SECONDS)
                .until(() -> registration(ApiVersion.V1BETA2).getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Available")
                                && condition.getStatus().equals("True")));
    }

    private void awaitReadyReplicas(int count) {
        admin.apps()
                .deployments()
                .inNamespace("autoscaled")
                .withName("model")
                .waitUntilCondition(
                        now -> now != null
                                && now.getSpec().getReplicas() == count
                                && Integer.valueOf(count).equals(now.getStatus().getReadyReplicas())
                                && Integer.valueOf(count).equals(now.getStatus().getReplicas()),
                        60,
                        SECONDS);
    }

    private List<String> events(String reason) {
        return admin.v1().events().inNamespace("autoscaled").list().getItems().stream()
                .filter(event -> event.getReason().equals(reason))
                .map(event -> event.getMessage())
                .toList();
    }

    private void assertNoWritesSince(AuditLog.Mark mark) {
        assertThat(CLUSTER.auditLog()
                        .since(
                                mark,
                                event -> event.user().equals("system:serviceaccount:metrics-api:operator")
                                        && !event.resource().equals("subjectaccessreviews")))
                .isEmpty();
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(MetricsApiIT.class.getResourceAsStream(name), name);
    }
}
