package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.llmservice.localcluster.nodes.ContainerState.Terminated;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one pod on a simulated node, from its arrival to its removal from the API server. */
final class PodRun {
    private static final Logger log = LoggerFactory.getLogger(PodRun.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** What a workload may take beyond its grace to be ended by force. */
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(2);

    private final PodEnvironment environment;
    private final PodApi api;
    private final Clock clock;
    private final Instant startTime;
    private final List<ContainerRun> initContainers;
    private final List<ContainerRun> containers;
    private final Thread thread;

    private boolean initialized;
    private boolean gone;
    private @Nullable Instant deadline;
    private @Nullable Thread termination;
    private PodStatus written;

    /** @param runtimes says what runs a container */
    PodRun(PodEnvironment environment, PodApi api, Function<Container, WorkloadRuntime> runtimes, Clock clock) {
        this.environment = environment;
        this.api = api;
        this.clock = clock;
        this.startTime = clock.instant();
        Pod pod = environment.pod();
        this.written = Optional.ofNullable(pod.getStatus()).orElseGet(PodStatus::new);
        this.initContainers = runs(pod.getSpec().getInitContainers(), runtimes);
        this.containers = runs(pod.getSpec().getContainers(), runtimes);
        this.thread = Thread.ofVirtual().name("pod " + environment.name()).unstarted(this::run);
    }

    private List<ContainerRun> runs(@Nullable List<Container> specs, Function<Container, WorkloadRuntime> runtimes) {
        List<ContainerRun> runs = new ArrayList<>();
        for (Container spec : Optional.ofNullable(specs).orElse(List.of())) {
            runs.add(new ContainerRun(environment, spec, runtimes.apply(spec), this::publish));
        }
        return runs;
    }

    void start() {
        thread.start();
    }

    /** Takes note of a change of the pod: the only one that matters here is that it is to be deleted. */
    synchronized void changed(Pod latest) {
        ObjectMeta metadata = latest.getMetadata();
        if (metadata.getDeletionTimestamp() == null) {
            return;
        }
        Duration grace = Duration.ofSeconds(
                Optional.ofNullable(metadata.getDeletionGracePeriodSeconds()).orElse(30L));
        Instant end = clock.instant().plus(grace);
        if (deadline == null) {
            deadline = end;
            termination =
                    Thread.ofVirtual().name("end of pod " + environment.name()).start(() -> terminate(grace));
        } else if (end.isBefore(deadline)) {
            deadline = end;
            containers.forEach(container -> container.stop(grace));
        }
    }

    /** The pod, or its node, is no more: whatever runs is ended now and nothing more is reported. */
    void vanish() {
        synchronized (this) {
            gone = true;
            if (termination != null) {
                termination.interrupt();
            }
        }
        thread.interrupt();
        initContainers.forEach(container -> container.stop(Duration.ZERO));
        containers.forEach(container -> container.stop(Duration.ZERO));
        log.atDebug().addKeyValue("pod", environment.name()).log("Pod vanished");
    }

    private void run() {
        try {
            publish();
            awaitVolumes();
            for (ContainerRun init : initContainers) {
                init.start();
                init.awaitEnd(Duration.ofDays(1));
                if (!(init.snapshot().state() instanceof Terminated end) || end.exitCode() != 0) {
                    return;
                }
            }
            synchronized (this) {
                if (deadline != null || gone) {
                    return;
                }
                initialized = true;
                containers.forEach(ContainerRun::start);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Kubelet creates no container before all that is to be mounted is there. */
    private void awaitVolumes() throws InterruptedException {
        while (!PodVolumes.missing(environment.pod(), environment.references()).isEmpty()) {
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private void terminate(Duration grace) {
        try {
            thread.interrupt();
            initContainers.forEach(container -> container.stop(Duration.ZERO));
            containers.forEach(ContainerRun::beginTermination);
            Instant end = clock.instant().plus(grace);
            List<Thread> hooks = containers.stream()
                    .filter(ContainerRun::isRunning)
                    .map(container -> Thread.ofVirtual().start(() -> endContainer(container, end)))
                    .toList();
            for (Thread hook : hooks) {
                hook.join(until(end).plusMillis(1));
            }
            for (ContainerRun container : containers) {
                container.awaitEnd(until(end).plus(BEYOND_GRACE));
            }
            publish();
            api.remove();
        } catch (InterruptedException vanished) {
            Thread.currentThread().interrupt();
        }
    }

    private void endContainer(ContainerRun container, Instant end) {
        try {
            PreStop.run(container.container(), environment, until(end));
            container.stop(until(end));
        } catch (InterruptedException vanished) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration until(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private synchronized void publish() {
        if (gone) {
            return;
        }
        PodStatuses.View view = new PodStatuses.View(
                environment.address().getHostAddress(),
                startTime,
                initialized,
                initContainers.stream().map(ContainerRun::snapshot).toList(),
                containers.stream().map(ContainerRun::snapshot).toList());
        PodStatus status = PodStatuses.status(view, written.getConditions(), clock.instant());
        if (!status.equals(written)) {
            written = status;
            api.writeStatus(status);
        }
    }
}
