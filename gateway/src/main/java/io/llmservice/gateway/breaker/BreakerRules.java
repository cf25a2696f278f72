package io.llmservice.gateway.breaker;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.api.v1alpha1.BreakerTriggers;
import io.llmservice.api.v1alpha1.ErrorRateTrigger;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.api.v1alpha1.FirstTokenTrigger;
import io.llmservice.api.v1alpha1.SaturationTrigger;
import java.time.Duration;
import java.util.Optional;

/**
 * What opens and closes a breaker, read from the spec once.
 *
 * @param noReadyReplicas whether it opens while no pod serves
 * @param recovery how it closes again
 */
public record BreakerRules(
        boolean noReadyReplicas,
        Optional<ErrorRate> errorRate,
        Optional<FirstToken> firstToken,
        Optional<Saturation> saturation,
        Recovery recovery) {

    /**
     * How it closes again.
     *
     * @param openFor how long it stays open the first time
     * @param probes how many must succeed in a row
     * @param probeTimeout how long a streamed probe may take to its first token
     */
    public record Recovery(Duration openFor, int probes, Duration probeTimeout) {}

    /** Too many failures. */
    public record ErrorRate(int percent, Duration window, int minimumRequests) {}

    /** First tokens that take too long. */
    public record FirstToken(int percentile, Duration above, Duration window) {}

    /** Pods that are all full for a while. */
    public record Saturation(int waitingPerPod, int cachePercent, Duration sustainedFor) {}

    public static BreakerRules of(FallbackSpec spec) {
        BreakerTriggers triggers = spec.triggers();
        Optional<FirstToken> firstToken =
                Optional.ofNullable(triggers.timeToFirstToken()).map(BreakerRules::firstToken);
        return new BreakerRules(
                triggers.noReadyReplicas(),
                Optional.ofNullable(triggers.errorRate()).map(BreakerRules::errorRate),
                firstToken,
                Optional.ofNullable(triggers.saturation()).map(BreakerRules::saturation),
                recovery(spec, firstToken));
    }

    private static Recovery recovery(FallbackSpec spec, Optional<FirstToken> firstToken) {
        Duration probeTimeout = firstToken
                .map(FirstToken::above)
                .orElseGet(() -> positive(spec.ejection().noTokenAfter()));
        return new Recovery(positive(spec.breaker().openFor()), spec.breaker().probes(), probeTimeout);
    }

    private static ErrorRate errorRate(ErrorRateTrigger trigger) {
        return new ErrorRate(trigger.percent(), positive(trigger.window()), trigger.minimumRequests());
    }

    private static FirstToken firstToken(FirstTokenTrigger trigger) {
        return new FirstToken(trigger.percentile(), positive(trigger.above()), positive(trigger.window()));
    }

    private static Saturation saturation(SaturationTrigger trigger) {
        return new Saturation(
                trigger.waitingRequests(), trigger.cacheUtilization(), ApiDuration.parse(trigger.sustainedFor()));
    }

    /** The schema allows 0s, which would never rest. */
    private static Duration positive(String text) {
        Duration duration = ApiDuration.parse(text);
        return duration.compareTo(Duration.ofMillis(10)) < 0 ? Duration.ofMillis(10) : duration;
    }
}
