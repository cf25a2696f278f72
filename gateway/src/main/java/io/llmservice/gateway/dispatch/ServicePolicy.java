package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.EjectionSpec;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.breaker.Breaker;
import io.llmservice.gateway.breaker.Breaker.Path;
import io.llmservice.gateway.breaker.BreakerRules;
import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.breaker.Conditions;
import io.llmservice.gateway.breaker.Watch;
import io.llmservice.gateway.choice.Candidate;
import io.llmservice.gateway.choice.Ejection;
import io.llmservice.gateway.choice.PodChoice;
import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The decisions of one service: breaker, pods and targets under one lock, held for microseconds. */
final class ServicePolicy {

    private static final PodChoice CHOICE = PodChoice.forBlocksOf(Pods.TOKENS_PER_BLOCK);

    private final Supplier<ServiceRoute> latest;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pods pods;
    private final Targets targets;
    private final Breaker breaker;
    private ServiceRoute route;
    private boolean forgotten;
    private @Nullable FallbackSpec readFrom;
    private Optional<BreakerRules> rules = Optional.empty();
    private Ejection ejection = Ejection.of(EjectionSpec.defaults());

    ServicePolicy(
            Supplier<ServiceRoute> latest,
            InstantSource clock,
            RandomGenerator random,
            Pods pods,
            Targets targets,
            Consumer<BreakerSnapshot> listener) {
        this.latest = latest;
        route = latest.get();
        this.clock = clock;
        this.random = random;
        this.pods = pods;
        this.targets = targets;
        breaker = new Breaker(listener);
    }

    synchronized Next next(Ask ask) {
        if (forgotten) {
            return new Next.Refused(Refusals.noPods(route));
        }
        Instant now = clock.instant();
        Path path = refresh(now);
        if (path != Path.PAST_THE_PODS) {
            Optional<Next> pod = toPod(ask, path == Path.PROBE, now);
            if (pod.isPresent()) {
                return pod.get();
            }
        }
        return mayUseTargets() ? toTarget(ask, path, now) : new Next.Refused(podsRefuse(ask.triedPods()));
    }

    /** Moves the breaker with the time and the pods alone. */
    synchronized void tick() {
        if (!forgotten) {
            refresh(clock.instant());
        }
    }

    synchronized void gauges(String podUid, PodGauges gauges) {
        pods.find(podUid).ifPresent(pod -> pod.take(gauges));
    }

    synchronized void cacheTokens(String podUid, long tokens) {
        pods.find(podUid).ifPresent(pod -> pods.cacheTokens(pod, tokens));
    }

    synchronized BreakerSnapshot snapshot() {
        return breaker.snapshot();
    }

    /** Name of the target that a request would be sent to first, for reports. */
    synchronized Optional<String> firstTarget() {
        return mayUseTargets() ? targets.first(route, clock.instant()) : Optional.empty();
    }

    synchronized void forget() {
        forgotten = true;
        pods.forget();
    }

    synchronized void firstToken(PodAttempt attempt) {
        Instant now = clock.instant();
        attempt.pod().awaited.remove(attempt);
        attempt.watch().firstToken(now);
        pods.answered(attempt.pod(), now);
    }

    synchronized void end(PodAttempt attempt, Outcome outcome) {
        if (!attempt.endOnce()) {
            return;
        }
        Instant now = clock.instant();
        PodRecord pod = attempt.pod();
        pod.awaited.remove(attempt);
        pod.outstanding--;
        pod.last = outcome;
        attempt.watch().end(result(outcome), now);
        switch (outcome) {
            case ANSWERED -> pods.answered(pod, now);
            case BUSY -> pods.answered(pod, now);
            case FAILED_BEFORE_FIRST_BYTE, FAILED_MIDWAY ->
                pods.failed(route, pod, attempt.trial(), ejection, mayUseTargets(), now);
            case CANCELLED, GOING -> pods.unknown(pod, attempt.trial(), now);
        }
    }

    synchronized void answered(TargetRecord target) {
        target.answered();
    }

    synchronized void end(TargetRecord target, boolean trial, Outcome outcome) {
        Instant now = clock.instant();
        switch (outcome) {
            case ANSWERED -> target.answered();
            case FAILED_BEFORE_FIRST_BYTE, FAILED_MIDWAY, BUSY -> target.failed(trial, now);
            case CANCELLED, GOING -> target.unknown(trial, now);
        }
    }

    private Path refresh(Instant now) {
        ServiceRoute current = latest.get();
        route = current;
        pods.follow(current.pods(), now);
        FallbackSpec spec = current.fallback().orElse(null);
        if (!Objects.equals(spec, readFrom)) {
            rules = current.fallback()
                    .filter(fallback -> !fallback.targets().isEmpty())
                    .map(BreakerRules::of);
            ejection = Ejection.of(spec == null ? EjectionSpec.defaults() : spec.ejection());
        }
        readFrom = spec;
        breaker.settings(current.mode(), rules, now);
        pods.ejectSilent(current, ejection, mayUseTargets(), now);
        Conditions conditions = pods.conditions(current.serving(), now);
        return breaker.path(now, conditions);
    }

    private boolean mayUseTargets() {
        boolean mode = route.mode() == FallbackMode.AUTOMATIC || route.mode() == FallbackMode.FORCE_FALLBACK;
        return mode && rules.isPresent();
    }

    private Optional<Next> toPod(Ask ask, boolean probe, Instant now) {
        List<PodEndpoint> serving = route.serving();
        List<Candidate> candidates =
                pods.candidates(serving, ask.triedPods(), ask.scan().prefix(), mayUseTargets(), now);
        return CHOICE.choose(candidates, random).map(chosen -> {
            PodEndpoint pod = serving.stream()
                    .filter(each -> each.uid().equals(chosen.uid()))
                    .findFirst()
                    .orElseThrow();
            PodRecord record = pods.record(pod);
            boolean trial = pods.begin(record, ask.scan().prefix(), now);
            Watch watch = breaker.begin(now, probe, ask.scan().stream());
            var attempt = new PodAttempt(this, record, watch, now, trial);
            if (ask.scan().stream()) {
                record.awaited.add(attempt);
            }
            return new Next.ToPod(pod, attempt);
        });
    }

    private Next toTarget(Ask ask, Path path, Instant now) {
        Optional<FallbackTarget> left = route.fallback().stream()
                .flatMap(fallback -> fallback.targets().stream())
                .filter(target -> !ask.triedTargets().contains(target.name()))
                .findFirst();
        return left.isEmpty()
                ? new Next.Refused(podsRefuse(ask.triedPods(), ask.triedTargets()))
                : targets.next(this, route, ask, reason(ask, path), now);
    }

    private String reason(Ask ask, Path path) {
        if (path != Path.PODS && !breaker.snapshot().word().isEmpty()) {
            return breaker.snapshot().word();
        }
        if (!ask.triedPods().isEmpty()) {
            return "PodsFailed";
        }
        return route.serving().isEmpty() ? "NoReadyReplicas" : "PodsEjected";
    }

    private Refusal podsRefuse(Set<String> triedPods) {
        return podsRefuse(triedPods, List.of());
    }

    private Refusal podsRefuse(Set<String> triedPods, List<String> triedTargets) {
        if (triedPods.isEmpty() && triedTargets.isEmpty()) {
            return Refusals.noPods(route);
        }
        boolean full = triedTargets.isEmpty()
                && triedPods.stream().flatMap(uid -> pods.find(uid).stream()).anyMatch(pod -> pod.last == Outcome.BUSY);
        return full ? Refusals.full(route) : Refusals.allFailed(route);
    }

    private static Watch.Result result(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> Watch.Result.GOOD;
            case FAILED_BEFORE_FIRST_BYTE, FAILED_MIDWAY -> Watch.Result.BAD;
            case BUSY -> Watch.Result.FULL;
            case CANCELLED, GOING -> Watch.Result.UNKNOWN;
        };
    }
}
