package io.llmservice.operator.traffic;

import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.operator.apply.GatewayKeys;
import io.llmservice.operator.observe.GatewayPods;
import io.llmservice.operator.report.Spending;
import io.llmservice.operator.report.Traffic;
import java.time.Instant;

/**
 * Clears the status of gateways that have gone. Their entries stay while the hour or the day in which they spent
 * something lasts, because what was spent counts however often a gateway starts anew.
 */
public final class DeadGateways {

    private final GatewayPods pods;
    private final GatewayKeys keys;

    public DeadGateways(GatewayPods pods, GatewayKeys keys) {
        this.pods = pods;
        this.keys = keys;
    }

    public void remove(LlmService service, Traffic traffic, Instant now) {
        traffic.reports().entrySet().stream()
                .filter(entry -> !traffic.live().contains(entry.getKey()))
                .filter(entry -> Spending.isOver(entry.getValue(), now))
                .filter(entry -> pods.isGone(entry.getKey()))
                .forEach(entry -> keys.remove(service, entry.getKey()));
    }
}
