package io.llmservice.operator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.operator.settings.AwsSettings;
import io.llmservice.operator.traffic.AwsTargets;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.SizedPlans;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.fallback.TargetState;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.policy.Policy;
import io.llmservice.planner.sagemaker.EndpointDesign;
import io.llmservice.planner.sagemaker.Owner;
import io.llmservice.standins.sagemaker.SageMakerControlPlane;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A managed endpoint from its first name to its end, whatever AWS says in between. */
class SageMakerTargetsTest {

    private static final String MODEL = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final String ROLE = "arn:aws:iam::111122223333:role/serve";
    private static final String NAME = new Owner("prod", "team", "chat", "cloud").base();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
    private SageMakerControlPlane aws;
    private SageMakerTargets targets;

    SageMakerTargetsTest() throws IOException {
        System.setProperty("aws.accessKeyId", "stand-in");
        System.setProperty("aws.secretAccessKey", "stand-in");
        aws = SageMakerControlPlane.start(clock::get);
        targets = operator();
    }

    @BeforeEach
    void endpointsTakeTheirTime() {
        aws.delay(Duration.ofMinutes(5));
    }

    @AfterEach
    void stop() {
        targets.close();
        aws.close();
    }

    @Test
    void nothingIsMadeBeforeItsNameStandsInTheStatus() {
        var service = service(managed("ml.g5.2xlarge", ""));
        until(service, TargetState.Unusable.class);
        await().atMost(PATIENCE)
                .until(() -> look(service).endpoints().getFirst().state().equals("Absent"));
        assertThat(aws.calls()).isEmpty();
        assertThat(look(service).endpoints())
                .singleElement()
                .returns(NAME, SageMakerEndpointStatus::endpoint)
                .returns("cloud", SageMakerEndpointStatus::target);
    }

    @Test
    void anEndpointIsMadeAndWaitedFor() {
        var service = announced(managed("ml.g5.2xlarge", ""));
        await().atMost(PATIENCE).until(() -> aws.endpoints().equals(List.of(NAME)));
        untilState(service, "Creating");
        assertThat(reason(service)).isEqualTo(Reason.EndpointPending);
        pass();
        until(service, TargetState.Verified.class);
        assertThat(aws.models()).singleElement().asString().startsWith(NAME + "-m");
        assertThat(aws.endpointConfigs()).singleElement().asString().startsWith(NAME + "-c");
    }

    /** The operator dies at any moment, and another one goes on. */
    @Test
    void anotherOperatorMakesNoSecondEndpoint() {
        var service = made("ml.g5.2xlarge", "");
        var before = aws.calls();
        targets.close();
        targets = operator();
        until(service, TargetState.Verified.class);
        assertThat(aws.endpoints()).containsExactly(NAME);
        assertThat(aws.calls().subList(before.size(), aws.calls().size())).noneMatch(call -> call.startsWith("Create"));
    }

    @Test
    void aChangeKeepsTheEndpointAndLeavesNothingBehind() {
        var service = made("ml.g5.2xlarge", "");
        var oldConfig = aws.endpointConfigs().getFirst();
        service.setSpec(spec(managed("ml.g5.12xlarge", "")));
        await().atMost(PATIENCE).until(() -> {
            look(service);
            return aws.calls().contains("UpdateEndpoint");
        });
        until(service, TargetState.Verified.class);
        pass();
        await().atMost(PATIENCE).until(() -> {
            look(service);
            return aws.endpointConfigs().size() == 1 && aws.models().size() == 1;
        });
        assertThat(aws.endpointConfigs()).doesNotContain(oldConfig);
        assertThat(aws.endpoints()).containsExactly(NAME);
        assertThat(aws.calls()).doesNotContain("DeleteEndpoint");
    }

    @Test
    void whatSomebodyElseChangedIsRestored() {
        var service = made("ml.g5.2xlarge", "");
        aws.delay(Duration.ZERO);
        aws.someoneElse("DeleteEndpoint", "{\"EndpointName\": \"" + NAME + "\"}");
        await().atMost(PATIENCE).until(() -> {
            look(service);
            return aws.endpoints().equals(List.of(NAME));
        });
    }

    @Test
    void aForeignEndpointOfTheNameIsNotTouched() {
        aws.someoneElse("CreateEndpointConfig", "{\"EndpointConfigName\": \"theirs\"}");
        aws.someoneElse("CreateEndpoint", "{\"EndpointName\": \"" + NAME + "\", \"EndpointConfigName\": \"theirs\"}");
        var service = announced(managed("ml.g5.2xlarge", ""));
        untilReason(service, Reason.EndpointForeign);
        assertThat(aws.calls()).allMatch(call -> call.startsWith("Describe") || call.equals("ListTags"));
        await().atMost(PATIENCE).until(() -> targets.release(service).isEmpty());
        assertThat(aws.endpoints()).containsExactly(NAME);
    }

    @Test
    void aMissingRightIsNamed() {
        aws.deny("iam:PassRole");
        var service = announced(managed("ml.g5.2xlarge", ""));
        untilReason(service, Reason.AwsAccessDenied);
        assertThat(words(service)).contains("iam:PassRole", "docs/iam.md");
        aws.allow("iam:PassRole");
        untilState(service, "Creating");
    }

    @Test
    void aQuotaIsToldAndTriedAgain() {
        aws.endpointQuota(0);
        var service = announced(managed("ml.g5.2xlarge", ""));
        untilReason(service, Reason.AwsQuotaExceeded);
        assertThat(words(service)).contains("Service Quotas", "instanceType");
        aws.endpointQuota(1);
        untilState(service, "Creating");
    }

    @Test
    void throttlingDoesNotMakeAServingEndpointBad() {
        var service = made("ml.g5.2xlarge", "");
        aws.throttleNext(Integer.MAX_VALUE);
        var state = until(service, TargetState.NotVerified.class);
        assertThat(state.words()).contains("served when last looked at", "fewer requests");
        aws.throttleNext(0);
        until(service, TargetState.Verified.class);
    }

    @Test
    void aFailureIsToldWithItsReason() {
        aws.failNext("Unable to provision requested ML compute capacity.");
        var service = announced(managed("ml.g5.2xlarge", ""));
        untilState(service, "Creating");
        pass();
        untilReason(service, Reason.EndpointFailed);
        assertThat(words(service)).contains("Unable to provision requested ML compute capacity");
        service.setSpec(spec(managed("ml.g5.12xlarge", "")));
        aws.delay(Duration.ZERO);
        until(service, TargetState.Verified.class);
        await().atMost(PATIENCE).until(() -> aws.endpointConfigs().size() == 1);
    }

    @Test
    void aServiceThatGoesTakesItsEndpointAlong() {
        var service = made("ml.g5.2xlarge", "");
        aws.delay(Duration.ZERO);
        await().atMost(PATIENCE).until(() -> targets.release(service).isEmpty());
        assertThat(aws.endpoints()).isEmpty();
        assertThat(aws.endpointConfigs()).isEmpty();
        assertThat(aws.models()).isEmpty();
    }

    @Test
    void aRetainedEndpointStays() {
        var service = made("ml.g5.2xlarge", ", deletionPolicy: Retain");
        await().atMost(PATIENCE).until(() -> targets.release(service).isEmpty());
        assertThat(aws.endpoints()).containsExactly(NAME);
    }

    @Test
    void anEndpointWhoseTargetHasGoneFromTheSpecGoes() {
        var service = made("ml.g5.2xlarge", "");
        aws.delay(Duration.ZERO);
        service.setSpec(spec("{name: small, llmService: {name: small}}"));
        await().atMost(PATIENCE).until(() -> look(service).endpoints().isEmpty());
        assertThat(aws.endpoints()).isEmpty();
        assertThat(aws.models()).isEmpty();
    }

    @Test
    void anInferenceComponentIsMadeOnTheEndpointAndGoesWithIt() {
        var service = made("ml.g5.12xlarge", ", inferenceComponent: {copies: 1, accelerators: 1, memoryMiB: 4096}");
        assertThat(aws.inferenceComponents()).containsExactly(NAME + "-i");
        aws.delay(Duration.ZERO);
        service.setSpec(
                spec(managed("ml.g5.12xlarge", ", inferenceComponent: {copies: 2, accelerators: 1, memoryMiB: 4096}")));
        await().atMost(PATIENCE).until(() -> {
            look(service);
            return aws.calls().contains("UpdateInferenceComponent");
        });
        await().atMost(PATIENCE).until(() -> targets.release(service).isEmpty());
        assertThat(aws.inferenceComponents()).isEmpty();
        assertThat(aws.endpoints()).isEmpty();
        assertThat(aws.models()).isEmpty();
    }

    @Test
    void anExistingEndpointIsOnlyDescribed() {
        aws.delay(Duration.ZERO);
        var service = service("{name: cloud, sageMaker: {endpoint: theirs}}");
        untilReason(service, Reason.EndpointMissing);
        aws.someoneElse("CreateEndpointConfig", "{\"EndpointConfigName\": \"c\"}");
        aws.someoneElse("CreateEndpoint", "{\"EndpointName\": \"theirs\", \"EndpointConfigName\": \"c\"}");
        until(service, TargetState.Verified.class);
        assertThat(aws.calls()).containsOnly("DescribeEndpoint");
        assertThat(targets.release(service)).isEmpty();
        assertThat(aws.endpoints()).containsExactly("theirs");
    }

    private SageMakerTargets operator() {
        var managed = new FallbackLimits.Managed(
                List.of("ml.*"), List.of(), List.of(), Optional.of(ROLE), Optional.of("registry/vllm:1"));
        return new SageMakerTargets(
                new AwsSettings("prod", Optional.of("us-east-1"), Optional.of(aws.url())),
                new EndpointDesign(managed, InstanceCatalogue.load()),
                (namespace, name) -> {},
                new Lookout.Pace(Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(20), 2));
    }

    /** Long enough for everything under way. */
    private void pass() {
        clock.updateAndGet(now -> now.plus(Duration.ofMinutes(10)));
    }

    private LlmService made(String instanceType, String more) {
        aws.delay(Duration.ZERO);
        var service = announced(managed(instanceType, more));
        until(service, TargetState.Verified.class);
        aws.delay(Duration.ofMinutes(5));
        return service;
    }

    /** A service whose status already says which endpoint it has. */
    private LlmService announced(String target) {
        var service = service(target);
        service.setStatus(new LlmServiceStatus(
                null,
                List.of(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of(new SageMakerEndpointStatus("cloud", NAME, "us-east-1", "Unknown", null)),
                Map.of()));
        look(service);
        return service;
    }

    private static LlmService service(String target) {
        var service = Serialization.unmarshal(
                "metadata: {namespace: team, name: chat, uid: uid-1, creationTimestamp: \"2026-11-01T10:00:00Z\"}",
                LlmService.class);
        service.setSpec(spec(target));
        return service;
    }

    private static LlmServiceSpec spec(String target) {
        return Serialization.unmarshal(MODEL + "fallback: {targets: [" + target + "]}\n", LlmServiceSpec.class);
    }

    private static String managed(String instanceType, String more) {
        return "{name: cloud, sageMaker: {managed: {instanceType: %s%s}}}".formatted(instanceType, more);
    }

    private AwsTargets.Look look(LlmService service) {
        return targets.look(service, plan(service), true);
    }

    private TargetState state(LlmService service) {
        return Objects.requireNonNull(look(service).states().get("cloud"));
    }

    private TargetState until(LlmService service, Class<? extends TargetState> kind) {
        return await().atMost(PATIENCE).until(() -> state(service), kind::isInstance);
    }

    private void untilState(LlmService service, String word) {
        await().atMost(PATIENCE)
                .until(() -> look(service).endpoints().getFirst().state().equals(word));
    }

    private void untilReason(LlmService service, Reason reason) {
        await().atMost(PATIENCE).until(() -> reason(service) == reason);
    }

    private Reason reason(LlmService service) {
        return state(service) instanceof TargetState.Unusable unusable ? unusable.reason() : Reason.FallbackVerified;
    }

    private String words(LlmService service) {
        return state(service).words();
    }

    private static Optional<AcceptedPlan> plan(LlmService service) {
        var safe = Policy.safeDefaults();
        var policy = new Policy(
                safe.allowed(),
                safe.engine(),
                Optional.of(
                        new NodeClassSpec(null, new NodeClassReference("karpenter.k8s.aws", "EC2NodeClass", "gpu"))),
                64,
                Optional.empty(),
                safe.fallback());
        return new ServicePlanner(policy, new SizedPlans(ModelCatalogue.load(), InstanceCatalogue.load(), policy))
                .decide(
                        service,
                        new Observation(
                                List.of(),
                                Optional.empty(),
                                Observation.Fleet.NOTHING,
                                Set.of(),
                                List.of(),
                                List.of(),
                                Instant.EPOCH))
                .inForce();
    }
}
