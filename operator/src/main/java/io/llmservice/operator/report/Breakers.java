package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.BreakerPosition;
import io.llmservice.api.v1alpha1.BreakerStatus;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.planner.fallback.EffectiveMode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sums up where the breakers of the gateway's replicas stand. */
final class Breakers {

    private Breakers() {}

    /** Of the replicas that are there: what a dead one said last is no longer the case. */
    static BreakerStatus sum(Traffic traffic, EffectiveMode mode) {
        var live = traffic.reports().entrySet().stream()
                .filter(entry -> traffic.live().contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        var state = state(live);
        var telling = live.stream()
                .filter(report -> report.state() == state && state != BreakerPosition.CLOSED)
                .min(Comparator.comparing((GatewayReport report) ->
                        Optional.ofNullable(report.openedAt()).orElse("9999")));
        return new BreakerStatus(
                state,
                telling.map(GatewayReport::reason).orElse(null),
                telling.map(GatewayReport::openedAt).orElse(null),
                live.stream()
                        .filter(report -> report.state() == state && state != BreakerPosition.CLOSED)
                        .flatMap(report -> Optional.ofNullable(report.nextProbe()).stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                telling.map(GatewayReport::target).orElse(null),
                replicas(live),
                mode.words());
    }

    private static BreakerPosition state(List<GatewayReport> live) {
        if (count(live, BreakerPosition.OPEN) > 0) {
            return BreakerPosition.OPEN;
        }
        return count(live, BreakerPosition.HALF_OPEN) > 0 ? BreakerPosition.HALF_OPEN : BreakerPosition.CLOSED;
    }

    private static String replicas(List<GatewayReport> live) {
        if (live.isEmpty()) {
            return "no replica of the gateway reports";
        }
        long open = count(live, BreakerPosition.OPEN);
        long halfOpen = count(live, BreakerPosition.HALF_OPEN);
        return "%d %s, %d open%s"
                .formatted(
                        live.size(),
                        live.size() == 1 ? "reports" : "report",
                        open,
                        halfOpen == 0 ? "" : ", " + halfOpen + " half-open");
    }

    private static long count(List<GatewayReport> live, BreakerPosition position) {
        return live.stream().filter(report -> report.state() == position).count();
    }
}
