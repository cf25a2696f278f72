package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Dispatch;
import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.metrics.GatewayMeters;
import io.llmservice.gateway.route.Routes;

/** What all event loops relay with: each of these is safe for use by several threads. */
public record RelayParts(
        Routes routes, Admission admission, Dispatch dispatch, RetryBudgets budgets, GatewayMeters meters) {}
