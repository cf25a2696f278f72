package io.llmservice.planner.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.sagemaker.SageMakerPlan.State;
import io.llmservice.planner.sagemaker.SeenEndpoint.Endpoint;
import io.llmservice.planner.sagemaker.SeenEndpoint.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One endpoint for one target, whatever was done before and whoever else is there. */
class SageMakerPlanTest {

    private static final Owner OWNER = new Owner("prod", "team", "chat", "cloud");
    private static final DesiredEndpoint WANTED = desired("ml.g5.2xlarge");
    private static final DesiredEndpoint OTHER = desired("ml.g5.12xlarge");

    @Test
    void namesFitAndTellOwnersApart() {
        var longest = new Owner("a-cluster-id-16c", "n".repeat(63), "s".repeat(50), "t".repeat(63));
        var desired = new DesiredEndpoint(longest, WANTED.model(), WANTED.config(), Optional.empty(), false);
        assertThat(List.of(desired.name(), desired.modelName(), desired.configName(), desired.componentName()))
                .allSatisfy(name -> assertThat(name)
                        .hasSizeLessThanOrEqualTo(Owner.MAX_NAME)
                        .matches("[a-zA-Z0-9](-*[a-zA-Z0-9])*")
                        .startsWith("llm-a-cluster-id-16c-"));
        assertThat(new Owner("prod", "other", "chat", "cloud").base()).isNotEqualTo(OWNER.base());
        assertThat(new Owner("prod", "team", "chat-cloud", "x").base())
                .isNotEqualTo(new Owner("prod", "team", "chat", "cloud-x").base());
    }

    @Test
    void everythingIsMadeInOrder() {
        assertThat(SageMakerPlan.towards(WANTED, SeenEndpoint.NOTHING).steps())
                .containsExactly(new Step.CreateModel(), new Step.CreateConfig(), new Step.CreateEndpoint());
    }

    /** A crash between two calls: the next run goes on where it stopped. */
    @Test
    void whatIsThereIsNotMadeAgain() {
        var half = new SeenEndpoint(Optional.empty(), part(WANTED.modelName()), Optional.empty(), Optional.empty());
        assertThat(SageMakerPlan.towards(WANTED, half).steps())
                .containsExactly(new Step.CreateConfig(), new Step.CreateEndpoint());
    }

    @Test
    void aSettledEndpointCostsNothing() {
        var plan = SageMakerPlan.towards(WANTED, inService(WANTED));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.state()).isInstanceOf(State.Ready.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Creating", "Deleting"})
    void whatSageMakerWorksOnIsWaitedFor(String status) {
        assertThat(SageMakerPlan.towards(WANTED, seen(WANTED, status, "")).state())
                .isInstanceOf(State.Pending.class);
        assertThat(SageMakerPlan.towards(OTHER, seen(WANTED, status, "")).steps())
                .noneMatch(step -> step instanceof Step.CreateEndpoint || step instanceof Step.UpdateEndpoint);
    }

    @Test
    void aChangeGoesThroughANewConfigurationAndTheOldOneGoesAfterwards() {
        var before =
                new SeenEndpoint(inService(WANTED).endpoint(), Optional.empty(), Optional.empty(), Optional.empty());
        var change = SageMakerPlan.towards(OTHER, before);
        assertThat(change.steps())
                .containsExactly(
                        new Step.CreateModel(),
                        new Step.CreateConfig(),
                        new Step.Remember(WANTED.configName(), WANTED.modelName()),
                        new Step.UpdateEndpoint());
        assertThat(change.state()).isInstanceOf(State.Ready.class);

        var other = new DesiredEndpoint(OWNER, model("other"), WANTED.config(), Optional.empty(), false);
        var after = new SeenEndpoint(
                Optional.of(new Endpoint(
                        true,
                        "InService",
                        "",
                        other.configName(),
                        other.modelName(),
                        WANTED.configName(),
                        WANTED.modelName(),
                        false)),
                part(other.modelName()),
                part(other.configName()),
                Optional.empty());
        assertThat(SageMakerPlan.towards(other, after).steps())
                .containsExactly(
                        new Step.DeleteModel(WANTED.modelName()),
                        new Step.DeleteConfig(WANTED.configName()),
                        new Step.Remember("", ""));
    }

    /** Only the hardware changed: the model is the same one, and must not go with the old configuration. */
    @Test
    void aModelInUseIsNotDeleted() {
        var after = new SeenEndpoint(
                Optional.of(new Endpoint(
                        true,
                        "InService",
                        "",
                        OTHER.configName(),
                        OTHER.modelName(),
                        WANTED.configName(),
                        WANTED.modelName(),
                        false)),
                part(OTHER.modelName()),
                part(OTHER.configName()),
                Optional.empty());
        assertThat(SageMakerPlan.towards(OTHER, after).steps())
                .containsExactly(new Step.DeleteConfig(WANTED.configName()), new Step.Remember("", ""));
    }

    @Test
    void aFailedEndpointStaysForAPersonToSee() {
        var plan = SageMakerPlan.towards(WANTED, seen(WANTED, "Failed", "No capacity."));
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.state()).isInstanceOfSatisfying(State.Stuck.class, stuck -> {
            assertThat(stuck.reason()).isEqualTo(Reason.EndpointFailed);
            assertThat(stuck.words()).contains("No capacity; correct the target");
        });
    }

    @Test
    void aFailedEndpointIsMadeAnewOnceTheTargetIsCorrected() {
        var failed = new SeenEndpoint(
                seen(WANTED, "Failed", "x").endpoint(),
                part(OTHER.modelName()),
                part(OTHER.configName()),
                Optional.empty());
        assertThat(SageMakerPlan.towards(OTHER, failed).steps())
                .containsExactly(new Step.DeleteConfig(WANTED.configName()), new Step.DeleteEndpoint(WANTED.name()));
    }

    @Test
    void whatIsSomebodyElsesIsNeverTouched() {
        var foreign = new SeenEndpoint(
                Optional.of(new Endpoint(false, "InService", "", "x", "y", "", "", false)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var plan = SageMakerPlan.towards(WANTED, foreign);
        assertThat(plan.steps()).isEmpty();
        assertThat(plan.state())
                .isInstanceOfSatisfying(
                        State.Stuck.class, stuck -> assertThat(stuck.reason()).isEqualTo(Reason.EndpointForeign));
        assertThat(SageMakerPlan.away(DesiredNames.of(OWNER), foreign).state()).isInstanceOf(State.Gone.class);
    }

    @Test
    void aServiceThatGoesTakesItsPartsAlong() {
        var plan = SageMakerPlan.away(DesiredNames.of(OWNER), inService(WANTED));
        assertThat(plan.steps())
                .containsExactly(
                        new Step.DeleteModel(WANTED.modelName()),
                        new Step.DeleteConfig(WANTED.configName()),
                        new Step.DeleteEndpoint(WANTED.name()));
        assertThat(SageMakerPlan.away(DesiredNames.of(OWNER), seen(WANTED, "Creating", ""))
                        .steps())
                .isEmpty();
        assertThat(SageMakerPlan.away(DesiredNames.of(OWNER), SeenEndpoint.NOTHING)
                        .state())
                .isInstanceOf(State.Gone.class);
    }

    @Test
    void aComponentIsMadeOnceItsEndpointServes() {
        var wanted = new DesiredEndpoint(
                OWNER, WANTED.model(), WANTED.config(), Optional.of(new DesiredEndpoint.Component(1, 1, 1024)), false);
        var plan = SageMakerPlan.towards(wanted, inService(wanted));
        assertThat(plan.steps()).containsExactly(new Step.CreateComponent());
        assertThat(plan.state()).isInstanceOf(State.Pending.class);
        var small = new SeenEndpoint.Component(
                true, "InService", "", wanted.modelName(), new DesiredEndpoint.Component(2, 1, 1024));
        var drifted = new SeenEndpoint(
                inService(wanted).endpoint(),
                inService(wanted).model(),
                inService(wanted).config(),
                Optional.of(small));
        assertThat(SageMakerPlan.towards(wanted, drifted).steps()).containsExactly(new Step.UpdateComponent());
    }

    private static SeenEndpoint inService(DesiredEndpoint desired) {
        return seen(desired, "InService", "");
    }

    private static SeenEndpoint seen(DesiredEndpoint desired, String status, String failure) {
        return new SeenEndpoint(
                Optional.of(
                        new Endpoint(true, status, failure, desired.configName(), desired.modelName(), "", "", false)),
                part(desired.modelName()),
                part(desired.configName()),
                Optional.empty());
    }

    private static Optional<Part> part(String name) {
        return Optional.of(new Part(name, true));
    }

    private static DesiredEndpoint desired(String instanceType) {
        return new DesiredEndpoint(
                OWNER,
                model("vllm:1"),
                new DesiredEndpoint.Config(instanceType, 1, Optional.empty(), 1200),
                Optional.empty(),
                false);
    }

    private static DesiredEndpoint.Model model(String image) {
        return new DesiredEndpoint.Model(
                image, Map.of("SM_VLLM_MODEL", "Qwen/Qwen2.5-7B-Instruct"), Optional.empty(), "role");
    }
}
