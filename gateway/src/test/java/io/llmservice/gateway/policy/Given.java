package io.llmservice.gateway.policy;

import io.llmservice.api.v1alpha1.BreakerTriggers;
import io.llmservice.api.v1alpha1.FallbackBudget;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.api.v1alpha1.TokenPrice;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parts of services and requests. */
public final class Given {

    public static final ServiceKey KEY = new ServiceKey("team", "chat");

    private Given() {}

    public static ServiceRoute service(List<PodEndpoint> pods, Optional<FallbackSpec> fallback) {
        return new ServiceRoute(
                KEY,
                "uid-1",
                "chat",
                "2026-11-24T00:00:00Z",
                FallbackMode.AUTOMATIC,
                fallback,
                GatewaySpec.defaults(),
                pods,
                120,
                Map.of());
    }

    public static ServiceRoute withMode(ServiceRoute of, FallbackMode mode) {
        return new ServiceRoute(
                of.key(),
                of.uid(),
                of.model(),
                of.created(),
                mode,
                of.fallback(),
                of.gateway(),
                of.pods(),
                of.coldStartSeconds(),
                of.reports());
    }

    public static ServiceRoute withGateway(ServiceRoute of, GatewaySpec gateway) {
        return new ServiceRoute(
                of.key(),
                of.uid(),
                of.model(),
                of.created(),
                of.mode(),
                of.fallback(),
                gateway,
                of.pods(),
                of.coldStartSeconds(),
                of.reports());
    }

    public static ServiceRoute withReports(ServiceRoute of, Map<String, GatewayReport> reports) {
        return new ServiceRoute(
                of.key(),
                of.uid(),
                of.model(),
                of.created(),
                of.mode(),
                of.fallback(),
                of.gateway(),
                of.pods(),
                of.coldStartSeconds(),
                reports);
    }

    public static PodEndpoint pod(String name) {
        return new PodEndpoint(name, name, "127.0.0.1", 8000, true, false);
    }

    public static FallbackSpec fallback(FallbackTarget... targets) {
        return fallback(null, null, targets);
    }

    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static FallbackSpec fallback(
            @Nullable BreakerTriggers when, @Nullable FallbackBudget budget, FallbackTarget... targets) {
        return new FallbackSpec(null, List.of(targets), when, null, null, budget);
    }

    /** A vendor whose tokens cost 1 and 2 USD a thousand. */
    public static FallbackTarget vendor(String name) {
        return vendor(name, null, new TokenPrice(1.0, 2.0));
    }

    @SuppressWarnings("NullAway") // the constructor fills in what is left out
    public static FallbackTarget vendor(String name, @Nullable Integer weight, @Nullable TokenPrice price) {
        var openAi = new OpenAiTarget("https://" + name + ".example/v1", null, null, null);
        return new FallbackTarget(name, null, null, openAi, null, weight, null, price);
    }

    /** A streamed request of 100 tokens that allows 100 more. */
    public static RequestScan request() {
        return request(true, 400, 100, PrefixBlocks.NONE);
    }

    public static RequestScan request(boolean stream, int characters, int maxTokens, PrefixBlocks prefix) {
        return new RequestScan(
                Optional.of("chat"),
                stream,
                Optional.empty(),
                Optional.of(maxTokens),
                List.of("model", "messages", "stream", "max_tokens"),
                prefix,
                characters);
    }
}
