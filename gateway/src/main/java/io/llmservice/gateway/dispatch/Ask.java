package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.RequestScan;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A request that needs an attempt.
 *
 * @param scan what is known of its body
 * @param triedPods UIDs of the pods that failed it
 * @param triedTargets names of the targets that failed it
 * @param carries why a target cannot carry this request, as a clause without a full stop; empty if it can. Asked under the
 *     service's lock: it must answer at once
 */
public record Ask(
        RequestScan scan,
        Set<String> triedPods,
        List<String> triedTargets,
        Function<FallbackTarget, Optional<String>> carries) {

    public Ask {
        triedPods = Set.copyOf(triedPods);
        triedTargets = List.copyOf(triedTargets);
    }

    /** Whether nothing was tried yet. */
    public boolean isFirst() {
        return triedPods.isEmpty() && triedTargets.isEmpty();
    }
}
