package io.llmservice.planner.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.plan.AcceptedPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan in force stays until its spec changes or a person asks; a spec without a plan changes nothing. */
class ServicePlannerTest {

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final String UNKNOWN = "model: {source: {huggingFace: {repository: nobody/knows}}}\n";
    private static final Planning PLANNING = Planning.standard();

    /** With these the second choice becomes the first. */
    private static final Planning OTHER_PRICES = PLANNING.withPrices(Map.of("g5.2xlarge", 99.0));

    private final FakeCluster cluster = new FakeCluster();
    private final AcceptedPlan accepted = serve(QWEN);

    @Test
    void otherPricesWriteNothingAndAreShownAsAProposal() {
        var decision = OTHER_PRICES.proceed(Manifests.withSpec(QWEN), cluster.observe());

        assertThat(cluster.apply(decision)).isZero();
        assertThat(decision.accepted()).isEqualTo(accepted);
        assertThat(decision.proposal()).hasValueSatisfying(proposal -> {
            assertThat(proposal.summary())
                    .contains("instance types g5.2xlarge g5.4xlarge g5.8xlarge g5.16xlarge → g5.4xlarge")
                    .contains("g5.4xlarge is the cheapest");
            assertThat(proposal.howToAccept())
                    .isEqualTo(
                            "kubectl annotate llmservice chat -n team llmservice.io/replan=\"$(date +%s)\" --overwrite");
        });
    }

    @Test
    void anotherDefaultImageIsAProposalThatRollsPods() {
        var decision = PLANNING.withEngineVersion("0.31.0").proceed(Manifests.withSpec(QWEN), cluster.observe());

        assertThat(cluster.apply(decision)).isZero();
        assertThat(decision.proposal())
                .hasValueSatisfying(proposal -> assertThat(proposal.summary())
                        .contains("image vllm/vllm-openai:v0.32.0 → vllm/vllm-openai:v0.31.0", "pods would roll"));
    }

    @Test
    void theSamePlanIsNoProposal() {
        assertThat(PLANNING.proceed(Manifests.withSpec(QWEN), cluster.observe()).proposal())
                .isEmpty();
    }

    @Test
    void theAnnotationTakesTheProposalOnce() {
        var asked = replan("1");
        var taken = OTHER_PRICES.proceed(asked, cluster.observe());
        cluster.apply(taken);

        assertThat(taken.accepted().plan().instanceType()).isEqualTo("g5.4xlarge");
        assertThat(taken.proposal()).isEmpty();
        var later = PLANNING.proceed(asked, cluster.observe());
        assertThat(later.accepted().plan()).isEqualTo(taken.accepted().plan());
        assertThat(later.proposal()).isPresent();
        assertThat(cluster.apply(later)).isZero();
    }

    @Test
    void anotherValueOfTheAnnotationAsksAgain() {
        cluster.apply(OTHER_PRICES.proceed(replan("1"), cluster.observe()));

        assertThat(PLANNING.proceed(replan("2"), cluster.observe())
                        .accepted()
                        .plan()
                        .instanceType())
                .isEqualTo("g5.2xlarge");
    }

    /** As a tool does that reverts what is not in its repository. */
    @Test
    void takingTheAnnotationAwayAsksForNothing() {
        cluster.apply(OTHER_PRICES.proceed(replan("1"), cluster.observe()));

        var decision = PLANNING.proceed(Manifests.withSpec(QWEN), cluster.observe());

        assertThat(decision.accepted().plan().instanceType()).isEqualTo("g5.4xlarge");
        assertThat(cluster.apply(decision)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model: {contextLength: 4096, source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}",
                QWEN + "workload: {concurrency: 9}",
                QWEN + "engine: {vllm: {extraArgs: [--seed=1]}}",
                QWEN + "compute: {capacityTypes: [spot]}"
            })
    void achangeOfWhatIsPlannedTakesTodaysPlan(String spec) {
        var decision = OTHER_PRICES.proceed(Manifests.withSpec(spec), cluster.observe());

        assertThat(decision.accepted().plan().instanceType()).isEqualTo("g5.4xlarge");
        assertThat(decision.proposal()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                QWEN + "scaling: {minReplicas: 2, maxReplicas: 7, targetRunningRequests: 5}",
                QWEN + "monitoring: {podMonitor: Disabled}"
            })
    void achangeOfScalingOrMonitoringKeepsPlanAndPods(String spec) {
        var decision = OTHER_PRICES.proceed(Manifests.withSpec(spec), cluster.observe());

        assertThat(cluster.apply(decision)).isPositive();
        assertThat(decision.accepted().plan()).isEqualTo(accepted.plan());
        assertThat(template()).isEqualTo(accepted.podTemplate());
        assertThat(decision.proposal()).isPresent();
    }

    @Test
    void scalingReachesTheAutoscaler() {
        cluster.apply(PLANNING.proceed(Manifests.withSpec(QWEN + "scaling: {maxReplicas: 7}"), cluster.observe()));

        assertThat(child(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas())
                .isEqualTo(7);
    }

    @Test
    void aChangeOfServingRendersThePodsOfTheSamePlan() {
        var decision =
                OTHER_PRICES.proceed(Manifests.withSpec(QWEN + "serving: {drainSeconds: 33}"), cluster.observe());
        cluster.apply(decision);

        assertThat(decision.accepted().plan()).isEqualTo(accepted.plan());
        assertThat(template().getSpec().getTerminationGracePeriodSeconds()).isEqualTo(33 + 120 + 30);
    }

    /** The catalogue, or what the administrator allows, has changed: what serves is not taken down for it. */
    @Test
    void aPlanInForceStaysWhenNoNewOneCanBeMade() {
        var allowed = PLANNING.policy().allowed();
        var nothing = PLANNING.withAllowed(new io.llmservice.planner.policy.Policy.Allowed(
                allowed.images(),
                java.util.List.of(),
                allowed.serviceAccounts(),
                allowed.roles(),
                allowed.nodeClasses(),
                allowed.engineFlags(),
                allowed.environment()));

        var decision = nothing.proceed(Manifests.withSpec(QWEN + "scaling: {maxReplicas: 3}"), cluster.observe());

        assertThat(decision.accepted().plan()).isEqualTo(accepted.plan());
        assertThat(decision.children().prune())
                .extracting(child -> child.getKind())
                .containsOnly("ControllerRevision");
    }

    @Test
    void aHoldKeepsWhatServesAndPrunesNothing() {
        var hold = PLANNING.hold(
                Manifests.withSpec(UNKNOWN + "monitoring: {podMonitor: Disabled}\nscaling: {maxReplicas: 9}"),
                cluster.observe());

        assertThat(hold.inForce()).contains(accepted);
        assertThat(hold.children().prune()).isEmpty();
        assertThat(cluster.apply(hold)).isZero();
    }

    @Test
    void aHoldRestoresWhatSomeoneDeletes() {
        cluster.delete(child(Service.class));

        cluster.apply(PLANNING.hold(Manifests.withSpec(UNKNOWN), cluster.observe()));

        assertThat(child(Service.class).getMetadata().getName()).isEqualTo("chat");
    }

    @Test
    void aHoldWithoutAPlanMakesNothing() {
        var hold = PLANNING.hold(Manifests.withSpec(UNKNOWN), FakeCluster.nothing());

        assertThat(hold.inForce()).isEmpty();
        assertThat(hold.children()).isEqualTo(DesiredChildren.NONE);
    }

    /** The spec that holds is mended: the plan from before is the one in force, as nothing was planned since. */
    @Test
    void aMendedSpecGoesOnWithTheOldPlan() {
        cluster.apply(PLANNING.hold(Manifests.withSpec(UNKNOWN), cluster.observe()));

        var decision = OTHER_PRICES.proceed(Manifests.withSpec(QWEN), cluster.observe());

        assertThat(decision.accepted()).isEqualTo(accepted);
    }

    /** A crash between a plan and the rest leaves the plan: the next run makes the same objects, whatever prices say. */
    @Test
    void aPlanThatWasKeptBeforeACrashIsTheOneThatIsMade() {
        var crashed = new FakeCluster();
        var first = PLANNING.proceed(Manifests.withSpec(QWEN), crashed.observe());
        crashed.apply(new Decision.Proceed(
                first.accepted(),
                new DesiredChildren(first.children().apply().subList(0, 1), java.util.List.of()),
                first.proposal()));

        crashed.apply(OTHER_PRICES.proceed(Manifests.withSpec(QWEN), crashed.observe()));

        assertThat(crashed.objects()).isEqualTo(cluster.objects());
    }

    /** Old plans do not pile up, and the newest number wins over one that could not be deleted. */
    @Test
    void onePlanIsKept() {
        var leftOver = cluster.observe().revisions().getFirst();
        var changed = Manifests.withSpec(QWEN + "scaling: {maxReplicas: 2}");
        cluster.apply(PLANNING.proceed(changed, cluster.observe()));
        assertThat(cluster.observe().revisions()).hasSize(1);
        cluster.restore(leftOver);

        assertThat(cluster.observe().accepted().orElseThrow().spec()).isEqualTo(changed.getSpec());
        cluster.apply(PLANNING.proceed(changed, cluster.observe()));
        assertThat(cluster.observe().revisions())
                .singleElement()
                .satisfies(revision -> assertThat(revision.getRevision()).isEqualTo(2));
    }

    @Test
    void goingBackToAnEarlierSpecIsTheNewestPlanAgain() {
        var leftOver = cluster.observe().revisions().getFirst();
        cluster.apply(PLANNING.proceed(Manifests.withSpec(QWEN + "scaling: {maxReplicas: 2}"), cluster.observe()));
        cluster.restore(leftOver);

        cluster.apply(PLANNING.proceed(Manifests.withSpec(QWEN), cluster.observe()));

        assertThat(cluster.observe().accepted()).contains(accepted);
        assertThat(cluster.observe().revisions())
                .singleElement()
                .satisfies(revision -> assertThat(revision.getRevision()).isEqualTo(3));
    }

    private AcceptedPlan serve(String spec) {
        var decision = PLANNING.proceed(Manifests.withSpec(spec), cluster.observe());
        cluster.apply(decision);
        return decision.accepted();
    }

    private static LlmService replan(String token) {
        var service = Manifests.withSpec(QWEN);
        service.getMetadata().setAnnotations(Map.of(Annotations.REPLAN, token));
        return service;
    }

    private PodTemplateSpec template() {
        return child(Deployment.class).getSpec().getTemplate();
    }

    private <T extends io.fabric8.kubernetes.api.model.HasMetadata> T child(Class<T> type) {
        return cluster.observe().child(type).orElseThrow();
    }
}
