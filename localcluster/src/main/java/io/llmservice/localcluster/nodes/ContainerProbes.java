package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Probes one run of a container: first the startup probe alone, then readiness and liveness side by side, until closed.
 *
 * <p>A container without a startup probe has started at once; without a readiness probe it is ready once it has started.
 */
final class ContainerProbes implements AutoCloseable {
    /** Hears what the probes find. */
    interface Listener {
        /** The container has started, or its readiness changed. */
        void probed(boolean started, boolean ready);

        /** The startup or liveness probe has failed for good: the container has to be restarted. */
        void failed(String probe);
    }

    private final Container container;
    private final InetAddress address;
    private final ProbeClient client;
    private final Listener listener;
    private final List<Thread> threads = new ArrayList<>();
    private boolean closed;

    private ContainerProbes(Container container, InetAddress address, ProbeClient client, Listener listener) {
        this.container = container;
        this.address = address;
        this.client = client;
        this.listener = listener;
    }

    static ContainerProbes start(Container container, InetAddress address, ProbeClient client, Listener listener) {
        ContainerProbes probes = new ContainerProbes(container, address, client, listener);
        Probe startup = container.getStartupProbe();
        if (startup == null) {
            probes.afterStart();
        } else {
            probes.run("startup", () -> probes.untilStarted(startup));
        }
        return probes;
    }

    /** Liveness probes end when the pod is asked to end; readiness is still told. */
    synchronized void stopLiveness() {
        threads.stream()
                .filter(thread -> thread.getName().startsWith("liveness"))
                .forEach(Thread::interrupt);
    }

    private void untilStarted(Probe probe) throws InterruptedException {
        ProbeSchedule schedule = ProbeSchedule.of(probe);
        ProbeSchedule.Tally tally = new ProbeSchedule.Tally(schedule);
        Thread.sleep(schedule.initialDelay());
        while (true) {
            boolean success = client.succeeds(probe, container, address, schedule.timeout());
            var verdict = tally.add(success);
            if (verdict.isPresent()) {
                if (verdict.get()) {
                    afterStart();
                } else {
                    listener.failed("startup");
                }
                return;
            }
            Thread.sleep(schedule.period());
        }
    }

    private void afterStart() {
        Probe readiness = container.getReadinessProbe();
        Probe liveness = container.getLivenessProbe();
        listener.probed(true, readiness == null);
        if (readiness != null) {
            run("readiness", () -> repeat(readiness, ready -> listener.probed(true, ready)));
        }
        if (liveness != null) {
            run(
                    "liveness",
                    () -> repeat(liveness, alive -> {
                        if (!alive) {
                            listener.failed("liveness");
                        }
                    }));
        }
    }

    private interface Verdict {
        void reached(boolean success);
    }

    private void repeat(Probe probe, Verdict verdict) throws InterruptedException {
        ProbeSchedule schedule = ProbeSchedule.of(probe);
        ProbeSchedule.Tally tally = new ProbeSchedule.Tally(schedule);
        Thread.sleep(schedule.initialDelay());
        while (true) {
            tally.add(client.succeeds(probe, container, address, schedule.timeout()))
                    .ifPresent(verdict::reached);
            Thread.sleep(schedule.period());
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private synchronized void run(String probe, Loop loop) {
        if (closed) {
            return;
        }
        threads.add(Thread.ofVirtual().name(probe + " " + container.getName()).start(() -> {
            try {
                loop.run();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    @Override
    public synchronized void close() {
        closed = true;
        threads.forEach(Thread::interrupt);
    }
}
