package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.spend.Budget.Answer.Spent;
import java.util.List;

/** The words with which a request is refused when nothing can take it. */
final class Refusals {

    private static final String UNAVAILABLE = "service_unavailable";

    private Refusals() {}

    static Refusal noPods(ServiceRoute route) {
        int seconds = Math.max(1, route.coldStartSeconds());
        return route.pods().isEmpty()
                ? Refusal.passing(
                        503,
                        UNAVAILABLE,
                        "model_cold",
                        "Model " + route.model()
                                + " has no pod and no fallback may answer in its place; a cold start takes about "
                                + seconds + " s. Ask again after that, or give the LlmService a fallback.",
                        seconds)
                : Refusal.passing(
                        503,
                        UNAVAILABLE,
                        "no_ready_replicas",
                        "Model " + route.model()
                                + " has no pod that is Ready and no fallback may answer in its place; starting takes up to "
                                + seconds + " s. Ask again after that, or see kubectl describe llm "
                                + route.key().name() + ".",
                        seconds);
    }

    static Refusal full(ServiceRoute route) {
        return Refusal.passing(
                503,
                UNAVAILABLE,
                "overloaded",
                "All pods of model " + route.model()
                        + " are full. Ask again in a few seconds, or raise scaling.maxReplicas.",
                5);
    }

    static Refusal allFailed(ServiceRoute route) {
        return Refusal.passing(
                502,
                "upstream_error",
                "upstream_failed",
                "Everything that could answer for model " + route.model()
                        + " failed this request. Ask again; if it goes on, see the LlmService's status.breaker.",
                1);
    }

    static Refusal targetsFailing(ServiceRoute route, int seconds) {
        return Refusal.passing(
                503,
                UNAVAILABLE,
                "fallback_failing",
                "The pods of model " + route.model()
                        + " take no requests now, and its fallback targets keep failing. See the LlmService's condition FallbackReady.",
                seconds);
    }

    static Refusal spent(ServiceRoute route, Spent spent) {
        return Refusal.passing(
                429,
                "insufficient_quota",
                "fallback_budget_exceeded",
                "The pods of model " + route.model() + " take no requests now, and the fallback's budget of "
                        + spent.bound()
                        + " leaves no room for this one. Raise fallback.budget, or wait for the pods or the next "
                        + "window.",
                spent.secondsLeft());
    }

    static Refusal cannotCarry(ServiceRoute route, List<String> reasons, int seconds) {
        return Refusal.passing(
                503,
                UNAVAILABLE,
                "fallback_cannot_carry",
                "The pods of model " + route.model()
                        + " take no requests now, and no fallback target can take this one: "
                        + String.join("; ", reasons) + ".",
                seconds);
    }
}
