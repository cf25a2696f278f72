package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.LifecycleHandlerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SleepAction;
import java.util.Map;
import java.util.TreeMap;

/** The container that runs vLLM. */
final class EngineContainer {

    private static final int STARTUP_PERIOD_SECONDS = 10;

    private EngineContainer() {}

    static Container desired(ChildContext context) {
        return new ContainerBuilder()
                .withName(ChildContext.ENGINE_CONTAINER)
                .withImage(context.plan().engine().image())
                .withCommand("vllm", "serve")
                .withArgs(VllmArguments.of(context))
                .withEnv(EngineEnvironment.of(context))
                .withPorts(new ContainerPortBuilder()
                        .withName(ChildContext.PORT_NAME)
                        .withContainerPort(ChildContext.PORT)
                        .withProtocol("TCP")
                        .build())
                .withResources(resources(context))
                .withSecurityContext(security())
                .withVolumeMounts(EngineVolumes.mounts(context))
                .withStartupProbe(startup(context))
                .withReadinessProbe(probe("/v1/models", 5, 3))
                .withLivenessProbe(probe("/health", 10, 6))
                .withLifecycle(pauseBeforeStop(context))
                .build();
    }

    private static ResourceRequirements resources(ChildContext context) {
        var replica = context.plan().replica();
        var limits = new TreeMap<String, Quantity>();
        limits.put(ServingNodePools.GPU, new Quantity(Integer.toString(replica.gpus())));
        limits.put("memory", new Quantity(EngineVolumes.mebibytes(replica.memoryMiB())));
        limits.put("ephemeral-storage", new Quantity(EngineVolumes.mebibytes(replica.diskGiB() * 1024)));
        Map<String, Quantity> requests = new TreeMap<>(limits);
        requests.put("cpu", new Quantity(cores(replica.cpuMillis())));
        return new ResourceRequirementsBuilder()
                .withLimits(limits)
                .withRequests(requests)
                .build();
    }

    /** Thousandths of a core as the API server writes them back. */
    private static String cores(int millis) {
        return millis % 1000 == 0 ? Integer.toString(millis / 1000) : millis + "m";
    }

    private static SecurityContext security() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    /** Waits as long as the weights may take; until it has passed, neither of the others runs. */
    private static Probe startup(ChildContext context) {
        int failures = Math.ceilDiv(context.plan().replica().startupSeconds(), STARTUP_PERIOD_SECONDS);
        return probe("/health", STARTUP_PERIOD_SECONDS, failures);
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(ChildContext.PORT_NAME))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }

    /** The pause lets everything that routes learn that the pod is going, before the engine is told to stop. */
    private static Lifecycle pauseBeforeStop(ChildContext context) {
        long seconds = context.spec().serving().drainSeconds();
        return new LifecycleBuilder()
                .withPreStop(new LifecycleHandlerBuilder()
                        .withSleep(new SleepAction(seconds))
                        .build())
                .build();
    }
}
