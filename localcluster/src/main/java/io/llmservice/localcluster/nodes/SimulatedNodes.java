package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.llmservice.localcluster.controlplane.Kubeconfig;
import io.llmservice.localcluster.process.RunDirectory;
import io.llmservice.localcluster.workload.Idle;
import io.llmservice.localcluster.workload.WorkloadRuntime;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The agent that plays kubelet for every simulated node: those that Karpenter makes, and one of its own named
 * {@value #SYSTEM_NODE} for pods without GPUs, such as an operator's.
 */
public final class SimulatedNodes implements AutoCloseable {
    /** The node that is always there. */
    public static final String SYSTEM_NODE = "system";

    /** On a pod: the loopback address that it must get, so that a Service of type ExternalName can lead to it. */
    public static final String POD_IP_ANNOTATION = "localcluster.llmservice.io/pod-ip";

    /** karpenter-kwok puts this label on the nodes that it makes. */
    private static final String NODE_LABEL = "kwok.x-k8s.io/node";

    private final KubernetesClient client;
    private final List<WorkloadRuntime> runtimes;
    private final PodRuns pods;
    private final Map<String, SimulatedNode> nodes = new HashMap<>();
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private volatile NodeBehaviour behaviour;

    private SimulatedNodes(
            KubernetesClient client, PodRuns pods, List<WorkloadRuntime> runtimes, NodeBehaviour behaviour) {
        this.client = client;
        this.runtimes = runtimes;
        this.pods = pods;
        this.behaviour = behaviour;
    }

    /**
     * Starts the agent.
     *
     * @param client with all rights; closed with the agent
     * @param tokens makes a kubeconfig of a service account's token
     */
    public static SimulatedNodes start(
            KubernetesClient client,
            Function<String, Kubeconfig> tokens,
            RunDirectory directory,
            NodeSettings settings) {
        List<WorkloadRuntime> runtimes = new CopyOnWriteArrayList<>(settings.runtimes());
        PodRuns pods = new PodRuns(
                client,
                tokens,
                directory.resolve("pods"),
                settings.restartBackoff(),
                container -> runtime(runtimes, container),
                Clock.systemUTC());
        SimulatedNodes started = new SimulatedNodes(client, pods, runtimes, settings.behaviour());
        client.resource(systemNode()).createOr(NonDeletingOperation::update);
        started.watch();
        return started;
    }

    private static WorkloadRuntime runtime(List<WorkloadRuntime> runtimes, Container container) {
        return runtimes.stream()
                .filter(runtime -> runtime.runs(container))
                .findFirst()
                .orElseGet(Idle::new);
    }

    /** Adds a runtime that is asked before those there are, for containers that start from now on. */
    public void register(WorkloadRuntime runtime) {
        runtimes.addFirst(runtime);
    }

    private void watch() {
        informers.add(client.nodes().withLabel(NODE_LABEL).inform(new NodeEvents()));
        informers.add(client.pods().inAnyNamespace().inform(new PodEvents()));
    }

    /** How nodes come up from now on; those there are take over what they can allocate. */
    public synchronized void setBehaviour(NodeBehaviour next) {
        behaviour = next;
        nodes.values().forEach(SimulatedNode::writeStatus);
    }

    /** The file that a container of a pod writes to, as {@code kubectl logs} would show it. */
    public Path log(Pod pod, String container) {
        return pods.log(pod, container);
    }

    private synchronized void nodeAppeared(Node node) {
        String name = node.getMetadata().getName();
        if (!nodes.containsKey(name)) {
            SimulatedNode simulated = new SimulatedNode(client, node, () -> behaviour);
            nodes.put(name, simulated);
            simulated.start();
        }
        pods.nodeAppeared(name);
    }

    private synchronized void nodeGone(String name) {
        SimulatedNode simulated = nodes.remove(name);
        if (simulated != null) {
            simulated.stop();
        }
        pods.nodeGone(name);
    }

    private static Node systemNode() {
        Map<String, Quantity> resources = Map.of(
                "cpu", new Quantity("16"),
                "memory", new Quantity("64Gi"),
                "ephemeral-storage", new Quantity("100Gi"),
                "pods", new Quantity("110"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(SYSTEM_NODE)
                .addToLabels(NODE_LABEL, "system")
                .addToLabels("kubernetes.io/hostname", SYSTEM_NODE)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .endMetadata()
                .withNewStatus()
                .withCapacity(resources)
                .withAllocatable(resources)
                .endStatus()
                .build();
    }

    /** Ends the agent and all that it runs; the objects stay as they are. */
    @Override
    public synchronized void close() {
        informers.forEach(SharedIndexInformer::close);
        nodes.values().forEach(SimulatedNode::stop);
        nodes.clear();
        pods.close();
        client.close();
    }

    private final class NodeEvents implements ResourceEventHandler<Node> {
        @Override
        public void onAdd(Node node) {
            nodeAppeared(node);
        }

        @Override
        public void onUpdate(Node before, Node now) {}

        @Override
        public void onDelete(Node node, boolean finalStateUnknown) {
            nodeGone(node.getMetadata().getName());
        }
    }

    private final class PodEvents implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            pods.changed(pod);
        }

        @Override
        public void onUpdate(@Nullable Pod before, Pod now) {
            pods.changed(now);
        }

        @Override
        public void onDelete(Pod pod, boolean finalStateUnknown) {
            pods.gone(pod);
        }
    }
}
