package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.llmservice.localcluster.nodes.ContainerEnvironment.Resolution;
import io.llmservice.localcluster.nodes.ContainerState.Running;
import io.llmservice.localcluster.nodes.ContainerState.Terminated;
import io.llmservice.localcluster.nodes.ContainerState.Waiting;
import io.llmservice.localcluster.workload.RunningWorkload;
import io.llmservice.localcluster.workload.WorkloadContext;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import io.llmservice.localcluster.workload.WorkloadStartException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps one container of a pod running: starts it, probes it, runs it again when it ends, until it is stopped. */
final class ContainerRun {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final int START_ERROR = 128;
    private static final int KILLED = 137;

    private final PodEnvironment pod;
    private final Container container;
    private final WorkloadRuntime runtime;
    private final Runnable changed;
    private final Thread thread;

    private ContainerSnapshot snapshot;
    private boolean stopping;
    private boolean failedProbe;
    private @Nullable RunningWorkload workload;
    private @Nullable ContainerProbes probes;

    /** @param changed called after each change of the snapshot, on the container's thread or a probe's */
    ContainerRun(PodEnvironment pod, Container container, WorkloadRuntime runtime, Runnable changed) {
        this.pod = pod;
        this.container = container;
        this.runtime = runtime;
        this.changed = changed;
        this.snapshot = ContainerSnapshot.initial(container);
        this.thread =
                Thread.ofVirtual().name(pod.name() + " " + container.getName()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    Container container() {
        return container;
    }

    synchronized ContainerSnapshot snapshot() {
        return snapshot;
    }

    /** Whether something runs that a preStop hook could prepare for its end. */
    synchronized boolean isRunning() {
        return workload != null;
    }

    /** From now on the container is not restarted and its liveness does not count. */
    synchronized void beginTermination() {
        stopping = true;
        if (probes != null) {
            probes.stopLiveness();
        }
        if (workload == null) {
            thread.interrupt();
        }
    }

    /** Ends the container for good; what has not ended after {@code grace} is ended by force. */
    void stop(Duration grace) {
        beginTermination();
        RunningWorkload running;
        synchronized (this) {
            running = workload;
        }
        if (running != null) {
            running.stop(grace);
        }
    }

    /** Waits until the container has ended for good; false if it has not within {@code patience}. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.getState() == Thread.State.NEW || thread.join(patience);
    }

    private void run() {
        try {
            while (true) {
                Terminated end = runOnce(awaitContext());
                if (isStopping() || !isRunAgain(end)) {
                    update(now -> now.terminated(end));
                    return;
                }
                pauseBeforeRestart(end);
            }
        } catch (InterruptedException stopped) {
            Instant now = Instant.now();
            update(last -> last.terminated(new Terminated(KILLED, "Error", "", now, now)));
        }
    }

    private boolean isRunAgain(Terminated end) {
        return switch (pod.restartPolicy()) {
            case "Never" -> false;
            case "OnFailure" -> end.exitCode() != 0;
            default -> true;
        };
    }

    private void pauseBeforeRestart(Terminated end) throws InterruptedException {
        int restart = snapshot().restarts() + 1;
        Duration pause = pod.backoff().before(restart);
        String message = "back-off %ds restarting failed container=%s pod=%s_%s(%s)"
                .formatted(pause.toSeconds(), container.getName(), pod.name(), pod.namespace(), pod.uid());
        Waiting waiting = pause.isZero() ? Waiting.creating() : new Waiting("CrashLoopBackOff", message);
        update(now -> now.waitingForRestart(end, waiting));
        Thread.sleep(pause);
        update(ContainerSnapshot::restarted);
    }

    /** What to start the container with, once everything that it refers to is there. */
    private WorkloadContext awaitContext() throws InterruptedException {
        while (true) {
            switch (pod.environmentOf(container)) {
                case Resolution.Resolved resolved -> {
                    return pod.context(container, resolved.variables());
                }
                case Resolution.Missing missing ->
                    update(now -> now.waiting(new Waiting("CreateContainerConfigError", missing.message())));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private Terminated runOnce(WorkloadContext context) throws InterruptedException {
        Instant started = Instant.now();
        RunningWorkload running;
        try {
            running = runtime.start(context);
        } catch (WorkloadStartException refused) {
            pod.appendToLog(container, String.valueOf(refused.getMessage()));
            return ended(refused.exitCode(), started);
        } catch (RuntimeException broken) {
            return new Terminated(START_ERROR, "StartError", String.valueOf(broken), started, Instant.now());
        }
        update(now -> now.running(new Running(started)));
        try (ContainerProbes watching = probe(running)) {
            attach(running, watching);
            return ended(running.exit().toCompletableFuture().get(), started);
        } catch (ExecutionException e) {
            return new Terminated(START_ERROR, "Error", String.valueOf(e.getCause()), started, Instant.now());
        } finally {
            detach();
        }
    }

    private Terminated ended(int code, Instant started) {
        return Terminated.exited(code, pod.terminationMessage(container, code), started, Instant.now());
    }

    private ContainerProbes probe(RunningWorkload running) {
        Container probed = running.answersProbes() ? container : withoutProbes(container);
        return ContainerProbes.start(probed, pod.address(), pod.probeClient(), new ContainerProbes.Listener() {
            @Override
            public void probed(boolean started, boolean ready) {
                update(now -> now.state() instanceof Running ? now.probed(started, ready) : now);
            }

            @Override
            public void failed(String probe) {
                killForProbe(running);
            }
        });
    }

    private static Container withoutProbes(Container container) {
        return new ContainerBuilder(container)
                .withStartupProbe(null)
                .withReadinessProbe(null)
                .withLivenessProbe(null)
                .build();
    }

    private void killForProbe(RunningWorkload running) {
        synchronized (this) {
            if (stopping || failedProbe) {
                return;
            }
            failedProbe = true;
        }
        running.stop(pod.gracePeriod());
    }

    private synchronized void attach(RunningWorkload running, ContainerProbes watching) {
        workload = running;
        probes = watching;
        if (stopping) {
            running.stop(Duration.ZERO);
        }
    }

    private synchronized void detach() {
        workload = null;
        probes = null;
        failedProbe = false;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void update(UnaryOperator<ContainerSnapshot> change) {
        synchronized (this) {
            ContainerSnapshot before = snapshot;
            snapshot = change.apply(before);
            if (snapshot.equals(before)) {
                return;
            }
        }
        changed.run();
    }
}
