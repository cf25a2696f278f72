package io.llmservice.gateway.testing;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.dispatch.Ask;
import io.llmservice.gateway.dispatch.Attempt;
import io.llmservice.gateway.dispatch.Dispatch;
import io.llmservice.gateway.dispatch.Next;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The first pod that serves and was not tried, else the first target, else 503; remembers how each attempt went. */
public final class FakeDispatch implements Dispatch {

    private final List<Ended> ended = new CopyOnWriteArrayList<>();
    private final AtomicInteger firstTokens = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final List<Ask> asks = new CopyOnWriteArrayList<>();

    @Override
    public Next next(ServiceRoute route, Ask ask) {
        asks.add(ask);
        for (PodEndpoint pod : route.serving()) {
            if (!ask.triedPods().contains(pod.uid())) {
                return new Next.ToPod(pod, attempt(pod.name()));
            }
        }
        if (route.fallback().isPresent()) {
            for (FallbackTarget target : route.fallback().get().targets()) {
                if (!ask.triedTargets().contains(target.name())
                        && ask.carries().apply(target).isEmpty()) {
                    return new Next.ToTarget(target, "NoReadyReplicas", attempt(target.name()));
                }
            }
        }
        return new Next.Refused(
                Refusal.passing(503, "server_error", "no_capacity", "Nobody can take the request. Ask again.", 5));
    }

    private Attempt attempt(String name) {
        begun.incrementAndGet();
        return new Attempt() {
            @Override
            public void firstToken() {
                firstTokens.incrementAndGet();
            }

            @Override
            public void end(Outcome outcome, Usage usage) {
                ended.add(new Ended(name, outcome, usage));
            }
        };
    }

    /** Attempts in the order in which they ended. */
    public List<Ended> ended() {
        return List.copyOf(ended);
    }

    public List<Attempt.Outcome> outcomes() {
        return ended.stream().map(Ended::outcome).toList();
    }

    public int begun() {
        return begun.get();
    }

    public int firstTokens() {
        return firstTokens.get();
    }

    public List<Ask> asks() {
        return List.copyOf(asks);
    }

    /** How one attempt went. */
    public record Ended(String name, Attempt.Outcome outcome, Usage usage) {}
}
