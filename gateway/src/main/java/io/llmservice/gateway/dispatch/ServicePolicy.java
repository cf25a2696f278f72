package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.breaker.Breaker;
import io.llmservice.gateway.breaker.Breaker.Path;
import io.llmservice.gateway.breaker.BreakerSnapshot;
import io.llmservice.gateway.breaker.Watch;
import io.llmservice.gateway.choice.Candidate;
import io.llmservice.gateway.choice.PodChoice;
import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

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
    private SpecInForce spec = SpecInForce.NONE;

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
        boolean probe = path == Path.PROBE;
        if (path == Path.PAST_THE_PODS) {
            return pastThePods(ask, path, now);
        }
        return toPod(ask, probe, mayUseTargets(), now).orElseGet(() -> {
            Next past = pastThePods(ask, path, now);
            // A pod that is left out is better than nothing.
            return past instanceof Next.Refused ? toPod(ask, probe, false, now).orElse(past) : past;
        });
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
                pods.failed(route, pod, attempt.trial(), spec.ejection(), mayUseTargets(), now);
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
        spec = spec.of(current);
        breaker.settings(current.mode(), spec.rules(), now);
        pods.ejectSilent(current, spec.ejection(), mayUseTargets(), now);
        return breaker.path(now, pods.conditions(current.serving(), now));
    }

    private boolean mayUseTargets() {
        return spec.targets(route.mode());
    }

    private Optional<Next> toPod(Ask ask, boolean probe, boolean replaceable, Instant now) {
        List<PodEndpoint> serving = route.serving();
        List<Candidate> candidates =
                pods.candidates(serving, ask.triedPods(), ask.scan().prefix(), replaceable, now);
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

    private Next pastThePods(Ask ask, Path path, Instant now) {
        if (!mayUseTargets()) {
            return new Next.Refused(podsRefuse(ask.triedPods(), List.of()));
        }
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
