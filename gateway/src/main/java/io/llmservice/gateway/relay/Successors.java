package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Ask;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.dispatch.Next;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The service's pods that can go on with a stream when one dies, within the budget for further attempts.
 *
 * @param triedPods UIDs of the pods that had the request; those that are found here are added
 */
record Successors(RelayParts parts, Ways ways, ServiceRoute route, RequestScan scan, Set<String> triedPods) {

    /** The next pod; empty if there is none or the budget is used up. */
    Optional<Way> next(Duration patience) {
        var ask = new Ask(scan, triedPods, List.of(), target -> Optional.of("only a pod can go on with a stream"));
        return switch (parts.dispatch().next(route, ask)) {
            case Next.ToPod pod -> {
                if (parts.budgets().of(route).take()) {
                    triedPods.add(pod.pod().uid());
                    yield Optional.of(ways.toPod(route, pod, patience));
                }
                pod.attempt().end(Outcome.CANCELLED, Usage.NONE);
                yield Optional.empty();
            }
            case Next.ToTarget target -> {
                target.attempt().end(Outcome.CANCELLED, Usage.NONE);
                yield Optional.empty();
            }
            case Next.Refused refused -> Optional.empty();
        };
    }

    /** Why a pod that would not go on did not. */
    Outcome refused(Way way, int status) {
        return Verdict.ofPod(status, ways.going(way)) instanceof Verdict.Elsewhere other
                ? other.outcome()
                : Outcome.FAILED_BEFORE_FIRST_BYTE;
    }

    /** Counts an attempt that another one follows. */
    void count(Outcome outcome) {
        parts.meters().attempt(route, Way.POD, outcome);
    }
}
