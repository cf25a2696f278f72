package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.breaker.Watch;
import io.llmservice.gateway.request.Usage;
import java.time.Instant;

/** One request at one pod. */
final class PodAttempt implements Attempt {

    private final ServicePolicy service;
    private final PodRecord pod;
    private final Watch watch;
    private final Instant begun;
    private final boolean trial;
    private boolean ended;

    PodAttempt(ServicePolicy service, PodRecord pod, Watch watch, Instant begun, boolean trial) {
        this.service = service;
        this.pod = pod;
        this.watch = watch;
        this.begun = begun;
        this.trial = trial;
    }

    Instant begun() {
        return begun;
    }

    /** Whether it is the one that tries a pod again that was left out. */
    boolean trial() {
        return trial;
    }

    PodRecord pod() {
        return pod;
    }

    Watch watch() {
        return watch;
    }

    /** Whether this is the first end that is told; under the service's lock. */
    boolean endOnce() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    @Override
    public void firstToken() {
        service.firstToken(this);
    }

    @Override
    public void progress() {
        pod.sign();
    }

    @Override
    public void end(Outcome outcome, Usage usage) {
        service.end(this, outcome);
    }
}
