package io.llmservice.gateway.relay;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.LlmServiceTarget;
import io.llmservice.gateway.dispatch.Ask;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.dispatch.Dispatch;
import io.llmservice.gateway.dispatch.Next;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.route.Routes;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.UpstreamFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Turns a decision into a way that a request can go. A target that is another service means one of that service's pods:
 * its own targets are not gone on to, so that there are no circles.
 */
final class Ways {

    private final Routes routes;
    private final Dispatch dispatch;
    private final UpstreamFactory upstreams;

    Ways(Routes routes, Dispatch dispatch, UpstreamFactory upstreams) {
        this.routes = routes;
        this.dispatch = dispatch;
        this.upstreams = upstreams;
    }

    Way toPod(ServiceRoute route, Next.ToPod next, Duration patience) {
        return new Way(
                Way.POD,
                Optional.empty(),
                Optional.of(new Way.PodOf(route.key(), next.pod())),
                Optional.empty(),
                false,
                upstreams.pod(route, next.pod()),
                new OnceAttempt(next.attempt()),
                patience);
    }

    /** The way to a target; none if it is a service that takes nothing now, and the attempt is then ended. */
    Optional<Way> toTarget(ServiceRoute route, Next.ToTarget next, RequestScan scan) {
        FallbackTarget target = next.target();
        Duration patience = ApiDuration.parse(target.timeout());
        if (target.llmService() != null) {
            return toSibling(route, next, target.llmService(), scan, patience);
        }
        return Optional.of(new Way(
                target.name(),
                Optional.of(next.reason()),
                Optional.empty(),
                Optional.empty(),
                target.openAi() == null,
                upstreams.target(route, target),
                new OnceAttempt(next.attempt()),
                patience));
    }

    private Optional<Way> toSibling(
            ServiceRoute route, Next.ToTarget next, LlmServiceTarget target, RequestScan scan, Duration patience) {
        Optional<ServiceRoute> sibling = sibling(routes.table(), route, target);
        if (sibling.isPresent()) {
            ServiceRoute other = sibling.get();
            var ask = new Ask(scan, Set.of(), List.of(), further -> Optional.of("targets of a target are not used"));
            Next decided = dispatch.next(other, ask);
            if (decided instanceof Next.ToPod pod) {
                return Optional.of(new Way(
                        next.target().name(),
                        Optional.of(next.reason()),
                        Optional.of(new Way.PodOf(other.key(), pod.pod())),
                        Optional.of(other.model()),
                        false,
                        upstreams.pod(other, pod.pod()),
                        new OnceAttempt(next.attempt(), pod.attempt()),
                        patience));
            }
            if (decided instanceof Next.ToTarget onward) {
                onward.attempt().end(Outcome.CANCELLED, Usage.NONE);
            }
        }
        next.attempt().end(Outcome.FAILED_BEFORE_FIRST_BYTE, Usage.NONE);
        return Optional.empty();
    }

    /** Why a target can't carry a request; empty if it can. */
    Optional<String> cannotCarry(ServiceRoute route, FallbackTarget target, SentBody body) {
        LlmServiceTarget service = target.llmService();
        if (service == null) {
            return upstreams.cannotCarry(route, target, body.api(), body.scan(), body.buffer(Optional.empty()));
        }
        Optional<ServiceRoute> sibling = sibling(routes.table(), route, service);
        if (sibling.isEmpty()) {
            return Optional.of("there is no other LlmService " + service.name() + " in the namespace");
        }
        return sibling.get().serving().isEmpty()
                ? Optional.of("LlmService " + service.name() + " has no pod that is ready")
                : Optional.empty();
    }

    private static Optional<ServiceRoute> sibling(RouteTable table, ServiceRoute route, LlmServiceTarget target) {
        var key = new ServiceKey(route.key().namespace(), target.name());
        return table.byKey(key).filter(found -> !found.key().equals(route.key()));
    }

    /** Whether a pod is being deleted, or is not there any more, by what is known now. */
    boolean going(Way way) {
        return way.pod()
                .map(pod -> routes.table()
                        .byKey(pod.service())
                        .map(route -> route.pods().stream()
                                .filter(known -> known.uid().equals(pod.pod().uid()))
                                .allMatch(known -> known.draining()))
                        .orElse(true))
                .orElse(false);
    }
}
