package io.llmservice.operator;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.PlanStatus;
import io.llmservice.operator.settings.Settings;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An operator of this JVM, with the rights of its ServiceAccount, that serves one test's namespace. */
final class OperatorFixture implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String NODE_CLASS = "{ref: {group: karpenter.kwok.sh, kind: KWOKNodeClass, name: default}}";

    final String namespace;
    final KubernetesClient admin = TestCluster.admin();
    private final KubernetesClient client;
    private final LlmOperator operator;

    private OperatorFixture(
            String namespace, KubernetesClient client, Map<String, String> environment, InstanceCatalogue instances) {
        this.namespace = namespace;
        this.client = client;
        this.operator = new LlmOperator(
                client, Settings.from(environment), instances, new SimpleMeterRegistry(), Clock.systemUTC());
        operator.start();
    }

    /** In a namespace of its own. */
    static OperatorFixture start() {
        return in(TestCluster.newNamespace(), Map.of());
    }

    static OperatorFixture in(String namespace, Map<String, String> settings) {
        return in(namespace, settings, InstanceCatalogue.load());
    }

    static OperatorFixture in(String namespace, Map<String, String> settings, InstanceCatalogue instances) {
        return with(operatorClient(), namespace, settings, instances);
    }

    static OperatorFixture with(
            KubernetesClient client, String namespace, Map<String, String> settings, InstanceCatalogue instances) {
        var environment = new HashMap<String, String>();
        environment.put("POD_NAMESPACE", TestCluster.OPERATOR_NAMESPACE);
        environment.put("WATCH_NAMESPACES", namespace);
        environment.put("LEADER_ELECTION", "false");
        environment.put("NODE_CLASS", NODE_CLASS);
        environment.put("ALLOWED_NODE_CLASSES", "karpenter.kwok.sh/KWOKNodeClass/*");
        environment.putAll(settings);
        return new OperatorFixture(namespace, client, environment, instances);
    }

    static KubernetesClient operatorClient() {
        return TestCluster.get().clientFor(TestCluster.OPERATOR_NAMESPACE, OperatorRelease.SERVICE_ACCOUNT);
    }

    /** Applies a service; the YAML is its spec. */
    LlmService apply(String name, String spec) {
        var service = Serialization.unmarshal("""
                apiVersion: llmservice.io/v1alpha1
                kind: LlmService
                metadata: {name: %s, namespace: %s}
                spec:
                """.formatted(name, namespace) + spec.indent(2), LlmService.class);
        return admin.resource(service)
                .fieldManager("test-user")
                .forceConflicts()
                .serverSideApply();
    }

    /** The smallest useful spec: one replica of an 8B model. */
    LlmService applySmall(String name) {
        return apply(name, SMALL);
    }

    static final String SMALL = """
            model:
              source:
                huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}
            """;

    Optional<LlmService> service(String name) {
        return Optional.ofNullable(admin.resources(LlmService.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    <T extends HasMetadata> @Nullable T get(Class<T> kind, String name) {
        return admin.resources(kind).inNamespace(namespace).withName(name).get();
    }

    /** Waits for an object to be there and as wanted. */
    <T extends HasMetadata> T awaitObject(Class<T> kind, String name, Predicate<T> wanted) {
        return await(kind.getSimpleName() + " " + name)
                .atMost(PATIENCE)
                .until(() -> get(kind, name), object -> object != null && wanted.test(object));
    }

    <T extends HasMetadata> void awaitGone(Class<T> kind, String name) {
        await(kind.getSimpleName() + " " + name + " gone").atMost(PATIENCE).until(() -> get(kind, name) == null);
    }

    /** Which of two services is the older can be told apart by the second only. */
    void awaitLaterSecondThan(String service) {
        var created = Instant.parse(service(service).orElseThrow().getMetadata().getCreationTimestamp());
        await("a second after " + service)
                .atMost(PATIENCE)
                .until(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).isAfter(created));
    }

    /** Waits for a condition to have a reason, and returns it. */
    Condition awaitReason(String service, String type, String reason) {
        return await(service + " " + type + " " + reason)
                .atMost(PATIENCE)
                .until(
                        () -> condition(service, type),
                        found -> found.filter(condition -> condition.reason().equals(reason))
                                .isPresent())
                .orElseThrow();
    }

    Optional<Condition> condition(String service, String type) {
        return service(service).map(LlmService::getStatus).stream()
                .flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(type))
                .findFirst();
    }

    /** Waits for a plan in status that speaks of the newest generation. */
    PlanStatus awaitPlan(String name) {
        return await("plan of " + name)
                .atMost(PATIENCE)
                .until(() -> Optional.ofNullable(awaitObserved(name).plan()), Optional::isPresent)
                .orElseThrow();
    }

    /** Waits until the operator has seen the newest generation. */
    LlmServiceStatus awaitObserved(String name) {
        var seen = await("status of " + name)
                .atMost(PATIENCE)
                .until(
                        () -> service(name),
                        found -> found.filter(service -> service.getStatus() != null
                                        && service.getMetadata()
                                                .getGeneration()
                                                .equals(service.getStatus().observedGeneration()))
                                .isPresent())
                .orElseThrow();
        return Objects.requireNonNull(seen.getStatus());
    }

    /** Writes an object's status, as the program does whose object it is. */
    void applyStatus(HasMetadata object, String writer) {
        admin.resource(object)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(writer)
                        .withForce(true)
                        .build());
    }

    void annotate(String name, String key, String value) {
        admin.resources(LlmService.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(key, value));
    }

    void delete(String name) {
        admin.resource(new io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder()
                        .withApiVersion(LlmService.API_VERSION)
                        .withKind(LlmService.KIND)
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(namespace)
                                .withName(name)
                                .build())
                        .build())
                .delete();
    }

    @Override
    public void close() {
        operator.close();
        client.close();
    }
}
