package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddressBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one Node object alive as its kubelet would: its readiness, what it can allocate, and its lease. */
final class SimulatedNode {
    private static final Logger log = LoggerFactory.getLogger(SimulatedNode.class);
    private static final String LEASES = "kube-node-lease";
    private static final String GPU = "nvidia.com/gpu";

    /** Kubelet's own: a lease of 40 s, renewed every 10 s. */
    private static final int LEASE_SECONDS = 40;

    private static final Duration RENEWAL = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Node node;
    private final Supplier<NodeBehaviour> behaviour;
    private final Thread heartbeat;

    /** @param behaviour asked anew for each write, so that it can change while the node lives */
    SimulatedNode(KubernetesClient client, Node node, Supplier<NodeBehaviour> behaviour) {
        this.client = client;
        this.node = node;
        this.behaviour = behaviour;
        this.heartbeat =
                Thread.ofVirtual().name("node " + node.getMetadata().getName()).unstarted(this::live);
    }

    void start() {
        heartbeat.start();
    }

    /** Ends the heartbeat, as when the machine is gone. */
    void stop() {
        heartbeat.interrupt();
    }

    /** Writes the status as the behaviour now has it. */
    void writeStatus() {
        String patch = Serialization.asJson(Map.of("status", status()));
        PatchContext context = new PatchContext.Builder()
                .withPatchType(PatchType.STRATEGIC_MERGE)
                .withFieldManager("simulated-node")
                .build();
        client.nodes()
                .withName(node.getMetadata().getName())
                .subresource("status")
                .patch(context, patch);
    }

    private void live() {
        try {
            Thread.sleep(behaviour.get().readyAfter());
            for (boolean first = true; ; first = false) {
                beat(first);
                Thread.sleep(RENEWAL);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(boolean first) {
        try {
            renewLease();
            if (first || !isReady()) {
                writeStatus();
            }
        } catch (KubernetesClientException e) {
            log.atDebug()
                    .addKeyValue("node", node.getMetadata().getName())
                    .addKeyValue("answer", e.getMessage())
                    .log("Heartbeat not taken");
        }
    }

    private boolean isReady() {
        Node now = client.nodes().withName(node.getMetadata().getName()).get();
        return now == null
                || now.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private NodeStatus status() {
        Map<String, Quantity> allocatable = new HashMap<>(
                Optional.ofNullable(node.getStatus().getAllocatable()).orElse(Map.of()));
        if (allocatable.containsKey(GPU) && !behaviour.get().devicePlugin()) {
            allocatable.put(GPU, new Quantity("0"));
        }
        return new NodeStatusBuilder()
                .withCapacity(allocatable)
                .withAllocatable(allocatable)
                .withAddresses(
                        new NodeAddressBuilder()
                                .withType("InternalIP")
                                .withAddress("127.0.0.1")
                                .build(),
                        new NodeAddressBuilder()
                                .withType("Hostname")
                                .withAddress("localhost")
                                .build())
                .withConditions(conditions())
                .withNewNodeInfo()
                .withArchitecture("amd64")
                .withOperatingSystem("linux")
                .withOsImage("Local cluster (simulated)")
                .withKubeletVersion("v1.34.4-simulated")
                .withContainerRuntimeVersion("localcluster://1")
                .withBootID("")
                .withKernelVersion("")
                .withKubeProxyVersion("")
                .withMachineID("")
                .withSystemUUID("")
                .endNodeInfo()
                .build();
    }

    private static List<NodeCondition> conditions() {
        return List.of(
                condition("MemoryPressure", "False", "KubeletHasSufficientMemory"),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure"),
                condition("PIDPressure", "False", "KubeletHasSufficientPID"),
                condition("Ready", "True", "KubeletReady"));
    }

    private static NodeCondition condition(String type, String status, String reason) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage("simulated")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
    }

    private void renewLease() {
        String name = node.getMetadata().getName();
        Lease lease = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(LEASES)
                .withName(name)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(name)
                        .withUid(node.getMetadata().getUid())
                        .build())
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(name)
                .withLeaseDurationSeconds(LEASE_SECONDS)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build();
        client.resource(lease).fieldManager("simulated-node").forceConflicts().serverSideApply();
    }
}
