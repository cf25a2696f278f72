package io.llmservice.localcluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.binaries.Crd;
import io.llmservice.localcluster.controlplane.AuditLog;
import io.llmservice.localcluster.controlplane.ControlPlane;
import io.llmservice.localcluster.controlplane.Kubeconfig;
import io.llmservice.localcluster.process.RunDirectory;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Kubernetes cluster of this JVM's own on loopback: control plane, CRDs and clients.
 *
 * <p>All its processes end with {@link #close()}, or with the JVM, however that ends.
 */
public final class LocalCluster implements AutoCloseable {
    private final RunDirectory directory;
    private final Binaries binaries;
    private final ControlPlane controlPlane;
    private final KubernetesClient admin;

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
                                && found.getStatus().getConditions() != null
                                && found.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
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
    public void close() {
        admin.close();
        controlPlane.close();
    }

    private static KubernetesClient client(Kubeconfig kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.yaml()))
                .build();
    }
}
