package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget;
import io.llmservice.gateway.spend.Reservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The targets of one service: which of them takes a request, or why none does. Its service's lock guards it. */
final class Targets {

    private static final int UNTIL_PODS_MAY_BE_BACK = 10;

    private final Budget budget;
    private final RandomGenerator random;
    private final Map<String, TargetRecord> records = new HashMap<>();

    Targets(Budget budget, RandomGenerator random) {
        this.budget = budget;
        this.random = random;
    }

    /** The first that was not tried, is not left alone, carries the request, and may still cost something. */
    Next next(ServicePolicy service, ServiceRoute route, Ask ask, String reason, Instant now) {
        List<FallbackTarget> all = route.fallback().orElseThrow().targets();
        records.keySet().retainAll(all.stream().map(FallbackTarget::name).toList());
        var hindrances = new Hindrances();
        for (FallbackTarget target : TargetChoice.order(all, random)) {
            if (ask.triedTargets().contains(target.name())) {
                continue;
            }
            Optional<String> cannot = ask.carries().apply(target);
            if (cannot.isPresent()) {
                hindrances.reasons.add(target.name() + ": " + cannot.get());
                continue;
            }
            TargetRecord record = record(target);
            if (!record.usable(now)) {
                hindrances.failing.add(record.secondsLeft(now));
                continue;
            }
            switch (budget.reserve(route, target, ask.scan())) {
                case Budget.Answer.Spent spent -> hindrances.spent = spent;
                case Budget.Answer.Unpriced unpriced -> hindrances.reasons.add(unpriced.reason());
                case Budget.Answer.Granted granted -> {
                    return begin(service, target, record, granted.reservation(), reason, now);
                }
            }
        }
        return new Next.Refused(hindrances.refusal(route));
    }

    /** Name of the first in order that is not left alone. */
    Optional<String> first(ServiceRoute route, Instant now) {
        return route.fallback().stream()
                .flatMap(fallback -> fallback.targets().stream())
                .filter(target -> record(target).usable(now))
                .map(FallbackTarget::name)
                .findFirst();
    }

    private Next begin(
            ServicePolicy service,
            FallbackTarget target,
            TargetRecord record,
            Reservation reservation,
            String reason,
            Instant now) {
        boolean trial = record.begin(now);
        return new Next.ToTarget(target, reason, new TargetAttempt(service, record, reservation, trial));
    }

    private TargetRecord record(FallbackTarget target) {
        return records.computeIfAbsent(target.name(), name -> new TargetRecord());
    }

    /** Why no target took the request. A spent budget is said before all else: only that is a person's to lift. */
    private static final class Hindrances {
        private final List<String> reasons = new ArrayList<>();
        private final List<Integer> failing = new ArrayList<>();
        private Budget.Answer.@Nullable Spent spent;

        Refusal refusal(ServiceRoute route) {
            if (spent != null) {
                return Refusals.spent(route, spent);
            }
            if (!failing.isEmpty()) {
                return Refusals.targetsFailing(
                        route,
                        failing.stream().mapToInt(Integer::intValue).min().orElse(1));
            }
            int seconds = route.serving().isEmpty() ? Math.max(1, route.coldStartSeconds()) : UNTIL_PODS_MAY_BE_BACK;
            return Refusals.cannotCarry(route, reasons, seconds);
        }
    }
}
