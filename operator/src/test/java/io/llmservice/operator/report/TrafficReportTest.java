package io.llmservice.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.BreakerStatus;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.FallbackStatus;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.Spend;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person sees of failover: where requests go, since when, and what it has cost. */
class TrafficReportTest {

    private static final String FALLBACK =
            "fallback: {targets: [{name: small, llmService: {name: small}}], budget: {usdPerDay: 10}}\n";
    private static final GatewayReport CLOSED = report(BreakerPosition.CLOSED, null, null);
    private static final GatewayReport OPEN = new GatewayReport(
            BreakerPosition.OPEN,
            "no pod is ready",
            "2026-11-01T11:59:00Z",
            "2026-11-01T12:00:30Z",
            "small",
            null,
            null);

    @Test
    void withoutAFallbackThereIsNoBreaker() {
        var status = Scene.planned().report();
        assertThat(status.breaker()).isNull();
        assertThat(status.fallback()).isNull();
        assertThat(Scene.condition(status, ConditionType.ServingFromPrimary).status())
                .isEqualTo("True");
        assertThat(Scene.condition(status, ConditionType.FallbackReady)).returns("NoFallback", Condition::reason);
    }

    @Test
    void oneOpenReplicaOpensTheBreakerOfTheService() {
        var status = report(Map.of("gw-1", CLOSED, "gw-2", OPEN), Set.of("gw-1", "gw-2"));
        assertThat(breaker(status))
                .returns(BreakerPosition.OPEN, BreakerStatus::state)
                .returns("no pod is ready", BreakerStatus::reason)
                .returns("2026-11-01T11:59:00Z", BreakerStatus::openedAt)
                .returns("2026-11-01T12:00:30Z", BreakerStatus::nextProbe)
                .returns("small", BreakerStatus::target)
                .returns("2 report, 1 open", BreakerStatus::replicas)
                .returns("Automatic (spec.fallback.mode)", BreakerStatus::mode);
        assertThat(Scene.condition(status, ConditionType.ServingFromPrimary))
                .returns("False", Condition::status)
                .returns("BreakerOpen", Condition::reason)
                .returns(
                        "the breaker is open: no pod is ready; requests go to small (2 report, 1 open)",
                        Condition::message);
    }

    @Test
    void aReplicaThatHasGoneHasNoSay() {
        assertThat(breaker(report(Map.of("gw-1", CLOSED, "gw-2", OPEN), Set.of("gw-1")))
                        .state())
                .isEqualTo(BreakerPosition.CLOSED);
        assertThat(breaker(report(Map.of("gw-2", OPEN), Set.of())).replicas())
                .isEqualTo("no replica of the gateway reports");
    }

    @Test
    void probingIsNotHomeYet() {
        var half = report(BreakerPosition.HALF_OPEN, null, null);
        var status = report(Map.of("gw-1", CLOSED, "gw-2", half), Set.of("gw-1", "gw-2"));
        assertThat(breaker(status).state()).isEqualTo(BreakerPosition.HALF_OPEN);
        assertThat(Scene.condition(status, ConditionType.ServingFromPrimary))
                .returns("BreakerProbing", Condition::reason);
    }

    /** A budget that a restart gives back is no budget. */
    @Test
    void whatDeadReplicasSpentTodayCounts() {
        var today = report(BreakerPosition.CLOSED, spend("2026-11-01T12", 1_250_000), spend("2026-11-01", 1_250_000));
        var yesterday = report(BreakerPosition.CLOSED, null, spend("2026-10-31", 9_000_000));
        assertThat(report(Map.of("gw-1", today, "gw-2", today, "gw-3", yesterday), Set.of("gw-1"))
                        .fallback())
                .isEqualTo(new FallbackStatus("2.5 USD of 10 USD", 14L, 2000L, "2026-11-01"));
    }

    @Test
    void aDeadEntryGoesOnceItsWindowsAreOver() {
        var now = Instant.parse("2026-11-01T12:30:00Z");
        assertThat(Spending.isOver(CLOSED, now)).isTrue();
        assertThat(Spending.isOver(report(BreakerPosition.OPEN, spend("2026-11-01T12", 0), null), now))
                .isFalse();
        assertThat(Spending.isOver(report(BreakerPosition.OPEN, zero("2026-11-01T12"), zero("2026-11-01")), now))
                .isTrue();
        var spent = report(BreakerPosition.OPEN, spend("2026-11-01T11", 5), spend("2026-11-01", 5));
        assertThat(Spending.isOver(spent, now)).isFalse();
        assertThat(Spending.isOver(spent, Instant.parse("2026-11-02T00:00:00Z")))
                .isTrue();
        assertThat(Spending.isOver(spent, Instant.parse("2026-10-31T00:00:00Z")))
                .isFalse();
    }

    @Test
    void aForcedModeIsSeenAndHowToTakeItBack() {
        var scene = Scene.planned(FALLBACK).traffic(traffic(Map.of("gw-1", CLOSED), Set.of("gw-1")));
        scene.service().getMetadata().setAnnotations(Map.of(Annotations.FALLBACK_MODE, "ForceFallback"));
        assertThat(scene.condition(ConditionType.ServingFromPrimary))
                .returns("FallbackForced", Condition::reason)
                .satisfies(condition -> assertThat(condition.message())
                        .contains("annotation llmservice.io/fallback-mode", "take it back"));
        scene.service().getMetadata().setAnnotations(Map.of(Annotations.FALLBACK_MODE, "force"));
        assertThat(scene.condition(ConditionType.ServingFromPrimary))
                .returns("True", Condition::status)
                .satisfies(condition -> assertThat(condition.message()).contains("force is ignored"));
    }

    @Test
    void aFallbackThatCannotWorkSaysWhy() {
        assertThat(ready(Optional.of(new Problem(Reason.NotAllowed, "host x is not allowed")), List.of()))
                .returns("False", Condition::status)
                .returns("NotAllowed", Condition::reason);
        var good = new TargetState.Verified("a", "fine");
        var bad = new TargetState.Unusable("b", Reason.AwsAccessDenied, "allow sagemaker:DescribeEndpoint");
        var open = new TargetState.NotVerified("c", "not looked at");
        assertThat(ready(Optional.empty(), List.of(good, open, bad)))
                .returns("AwsAccessDenied", Condition::reason)
                .returns("b: allow sagemaker:DescribeEndpoint", Condition::message);
        assertThat(ready(Optional.empty(), List.of(good, open)))
                .returns("Unknown", Condition::status)
                .returns("c: not looked at", Condition::message);
        assertThat(ready(Optional.empty(), List.of(good))).returns("True", Condition::status);
    }

    @Test
    void anOpenServiceSaysSoAndIsReadyAllTheSame() {
        var scene = Scene.planned().deployment(1, 1, 1);
        assertThat(scene.condition(ConditionType.ApiKeysRequired))
                .returns("False", Condition::status)
                .returns("OpenInCluster", Condition::reason);
        assertThat(scene.condition(ConditionType.Ready).status()).isEqualTo("True");
        assertThat(Scene.planned("gateway: {apiKeys: {secretRef: {name: clients}}}\n")
                        .condition(ConditionType.ApiKeysRequired))
                .returns("KeysRequired", Condition::reason);
    }

    /** It is a choice, and not worth a warning at every start. */
    @Test
    void anOpenServiceIsNoEvent() {
        var status = Scene.planned().report();
        assertThat(ServiceEvents.transitions(null, status))
                .extracting(Condition::reason)
                .doesNotContain("OpenInCluster", "NoFallback", "Primary");
    }

    @Test
    void theBreakerOpeningIsAnEvent() {
        var before = report(Map.of("gw-1", CLOSED), Set.of("gw-1"));
        var after = report(Map.of("gw-1", OPEN), Set.of("gw-1"));
        assertThat(ServiceEvents.transitions(before, after))
                .extracting(Condition::reason)
                .containsExactly("BreakerOpen");
    }

    private static Condition ready(Optional<Problem> problem, List<TargetState> targets) {
        return Scene.planned(FALLBACK)
                .traffic(new Traffic(Map.of(), Set.of(), problem, Optional.empty(), targets, List.of()))
                .condition(ConditionType.FallbackReady);
    }

    private static LlmServiceStatus report(Map<String, GatewayReport> reports, Set<String> live) {
        return Scene.planned(FALLBACK).traffic(traffic(reports, live)).report();
    }

    private static Traffic traffic(Map<String, GatewayReport> reports, Set<String> live) {
        return new Traffic(reports, live, Optional.empty(), Optional.empty(), List.of(), List.of());
    }

    private static BreakerStatus breaker(LlmServiceStatus status) {
        return Objects.requireNonNull(status.breaker());
    }

    private static GatewayReport report(BreakerPosition state, @Nullable Spend hour, @Nullable Spend day) {
        return new GatewayReport(state, null, null, null, null, hour, day);
    }

    private static Spend spend(String window, long microUsd) {
        return new Spend(window, microUsd, 1000L, 7L);
    }

    private static Spend zero(String window) {
        return new Spend(window, 0L, 0L, 0L);
    }
}
