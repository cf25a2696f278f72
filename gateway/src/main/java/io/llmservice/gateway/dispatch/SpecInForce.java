package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.EjectionSpec;
import io.llmservice.api.v1alpha1.FallbackMode;
import io.llmservice.api.v1alpha1.FallbackSpec;
import io.llmservice.gateway.breaker.BreakerRules;
import io.llmservice.gateway.choice.Ejection;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.Optional;

/**
 * What a service's spec says of fallback, read once for each spec.
 *
 * @param spec what was read
 * @param rules of the breaker; empty without targets
 * @param ejection when pods are left out
 */
record SpecInForce(Optional<FallbackSpec> spec, Optional<BreakerRules> rules, Ejection ejection) {

    static final SpecInForce NONE = read(Optional.empty());

    /** This one if the route still has the same spec. */
    SpecInForce of(ServiceRoute route) {
        return route.fallback().equals(spec) ? this : read(route.fallback());
    }

    /** Whether requests may go to targets. */
    boolean targets(FallbackMode mode) {
        return switch (mode) {
            case AUTOMATIC, FORCE_FALLBACK -> rules.isPresent();
            case FORCE_PRIMARY, DISABLED -> false;
        };
    }

    private static SpecInForce read(Optional<FallbackSpec> spec) {
        return new SpecInForce(
                spec,
                spec.filter(fallback -> !fallback.targets().isEmpty()).map(BreakerRules::of),
                Ejection.of(spec.map(FallbackSpec::ejection).orElseGet(EjectionSpec::defaults)));
    }
}
