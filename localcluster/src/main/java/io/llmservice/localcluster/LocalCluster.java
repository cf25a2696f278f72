package io.llmservice.localcluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.binaries.Crd;
import io.llmservice.localcluster.controlplane.AuditLog;
import io.llmservice.localcluster.controlplane.ControlPlane;
import io.llmservice.localcluster.controlplane.Kubeconfig;
import io.llmservice.localcluster.karpenter.InstanceTypeCatalogue;
import io.llmservice.localcluster.karpenter.Karpenter;
import io.llmservice.localcluster.karpenter.SimulatedInstanceType;
import io.llmservice.localcluster.nodes.NodeSettings;
import io.llmservice.localcluster.nodes.SimulatedNodes;
import io.llmservice.localcluster.process.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster of this JVM's own on loopback: control plane, CRDs, clients, Karpenter and simulated nodes.
 *
 * <p>All its processes end with {@link #close()}, or with the JVM, however that ends.
 */
public final class LocalCluster implements AutoCloseable {
    /** The node class that a NodePool can refer to: group karpenter.kwok.sh, kind KWOKNodeClass. */
    public static final String NODE_CLASS = "default";

    private final RunDirectory directory;
    private final Binaries binaries;
    private final ControlPlane controlPlane;
    private final KubernetesClient admin;
    private @Nullable Karpenter karpenter;
    private @Nullable SimulatedNodes nodes;

    private LocalCluster(RunDirectory directory, Binaries binaries, ControlPlane controlPlane, KubernetesClient admin) {
        this.directory = directory;
        this.binaries = binaries;
        this.controlPlane = controlPlane;
        this.admin = admin;
    }

    /** Starts the control plane and installs the CRDs; returns when both are ready, after about five seconds. */
    public static LocalCluster start(ClusterOptions options) {
        RunDirectory directory = new RunDirectory(options.runDirectory());
        directory.endRecordedProcesses();
        directory.clear();
        Binaries binaries = Binaries.fromEnvironment(options.progress());
        ControlPlane controlPlane = ControlPlane.start(binaries, directory);
        KubernetesClient admin = client(controlPlane.adminKubeconfig());
        LocalCluster cluster = new LocalCluster(directory, binaries, controlPlane, admin);
        try {
            cluster.installCrds(options.crds());
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    /** A client that may do everything; it is closed with the cluster. */
    public KubernetesClient adminClient() {
        return admin;
    }

    /** A new client with the rights of a service account, by a token of one hour; the caller closes it. */
    public KubernetesClient clientFor(String namespace, String serviceAccount) {
        return client(kubeconfigFor(namespace, serviceAccount));
    }

    /** Credentials of a service account, good for one hour. */
    public Kubeconfig kubeconfigFor(String namespace, String serviceAccount) {
        String token = admin.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TimeUnit.HOURS.toSeconds(1))
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return controlPlane.kubeconfig(token);
    }

    /** Credentials that may do everything. */
    public Kubeconfig adminKubeconfig() {
        return controlPlane.adminKubeconfig();
    }

    /** Installs a CRD and returns when the API server serves it. Installing it twice does nothing. */
    public void installCrd(Crd crd) {
        installCrds(List.of(crd));
    }

    /** Installs CRDs from files of one's own, such as an operator's; returns when they are served. */
    public void installCrdFiles(Collection<Path> files) {
        List<CustomResourceDefinition> applied = files.stream()
                .map(file -> admin.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .load(file.toFile())
                        .forceConflicts()
                        .serverSideApply())
                .toList();
        applied.forEach(this::awaitServed);
    }

    private void installCrds(Collection<Crd> crds) {
        installCrdFiles(crds.stream().sorted().map(binaries::locate).toList());
    }

    private void awaitServed(CustomResourceDefinition crd) {
        admin.resource(crd)
                .waitUntilCondition(
                        found -> found != null
                                && found.getStatus() != null
                                && found.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    /** Starts Karpenter with the default instance types and a node class {@value #NODE_CLASS} of one second's delay. */
    public Karpenter startKarpenter() {
        return startKarpenter(InstanceTypeCatalogue.all(), Duration.ofSeconds(1));
    }

    /**
     * Starts Karpenter, and makes the KWOKNodeClass {@value #NODE_CLASS}.
     *
     * @param types the machines that the simulated cloud has
     * @param registrationDelay how long a machine takes until its node appears, in whole seconds
     */
    public synchronized Karpenter startKarpenter(List<SimulatedInstanceType> types, Duration registrationDelay) {
        if (karpenter != null) {
            throw new IllegalStateException("Karpenter is running already");
        }
        installCrds(List.of(Crd.NODE_POOLS, Crd.NODE_CLAIMS, Crd.NODE_OVERLAYS, Crd.KWOK_NODE_CLASSES));
        admin.resource(new GenericKubernetesResourceBuilder()
                        .withApiVersion("karpenter.kwok.sh/v1alpha1")
                        .withKind("KWOKNodeClass")
                        .withNewMetadata()
                        .withName(NODE_CLASS)
                        .endMetadata()
                        .addToAdditionalProperties(
                                "spec", Map.of("nodeRegistrationDelay", registrationDelay.toSeconds() + "s"))
                        .build())
                .createOr(NonDeletingOperation::update);
        Path kubeconfig = controlPlane.adminKubeconfig("karpenter").write(directory.resolve("kubeconfigs/karpenter"));
        karpenter = Karpenter.start(binaries, directory, kubeconfig, types);
        return karpenter;
    }

    /** Starts the agent that plays kubelet; without it pods stay Pending, as no node is ever Ready. */
    public synchronized SimulatedNodes startNodes(NodeSettings settings) {
        if (nodes != null) {
            throw new IllegalStateException("the simulated nodes are running already");
        }
        nodes = SimulatedNodes.start(
                client(controlPlane.adminKubeconfig("simulated-nodes")), controlPlane::kubeconfig, directory, settings);
        return nodes;
    }

    /** The running agent. */
    public synchronized SimulatedNodes nodes() {
        return required(nodes, "the simulated nodes are not running");
    }

    /** The running Karpenter. */
    public synchronized Karpenter karpenter() {
        return required(karpenter, "Karpenter is not running");
    }

    private static <T> T required(@Nullable T value, String otherwise) {
        if (value == null) {
            throw new IllegalStateException(otherwise);
        }
        return value;
    }

    /** The API server's address, such as {@code https://127.0.0.1:40123}. */
    public String url() {
        return controlPlane.url();
    }

    /** All writes to the API server so far. */
    public AuditLog auditLog() {
        return controlPlane.auditLog();
    }

    /** The programs of this cluster. */
    public Binaries binaries() {
        return binaries;
    }

    /** Where data, certificates and logs are. */
    public RunDirectory runDirectory() {
        return directory;
    }

    @Override
    public synchronized void close() {
        if (nodes != null) {
            nodes.close();
        }
        if (karpenter != null) {
            karpenter.close();
        }
        admin.close();
        controlPlane.close();
    }

    private static KubernetesClient client(Kubeconfig kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.yaml()))
                .build();
    }
}
