package io.llmservice.localcluster.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.binaries.Program;
import io.llmservice.localcluster.process.ChildProcess;
import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A running Kubernetes control plane: its four processes and the credentials to reach it. */
public final class ControlPlane implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final int START_ATTEMPTS = 3;

    private final RunDirectory directory;
    private final Endpoints endpoints;
    private final Credentials credentials;
    private final List<ChildProcess> processes = new ArrayList<>();

    private ControlPlane(RunDirectory directory, Credentials credentials) {
        this.directory = directory;
        this.credentials = credentials;
        this.endpoints = Endpoints.onFreePorts();
    }

    /**
     * Starts all programs and waits until the API server is ready and service accounts are made.
     *
     * @throws IllegalStateException if a program ends or is not ready in time; the message holds the end of its log
     */
    public static ControlPlane start(Binaries binaries, RunDirectory directory) {
        Credentials credentials = Credentials.create(directory.resolve("pki"));
        for (int attempt = 1; ; attempt++) {
            ControlPlane started = new ControlPlane(directory, credentials);
            try {
                started.startPrograms(binaries);
                return started;
            } catch (StartFailure failure) {
                started.close();
                if (!failure.portTaken() || attempt == START_ATTEMPTS) {
                    throw failure;
                }
            } catch (RuntimeException e) {
                started.close();
                throw e;
            }
        }
    }

    private void startPrograms(Binaries binaries) {
        launch(Etcd.program(binaries.locate(Program.ETCD), directory, credentials, endpoints));
        launch(ApiServer.program(binaries.locate(Program.KUBE_APISERVER), directory, credentials, endpoints));
        adminKubeconfig().write(directory.resolve("kubeconfigs/admin"));
        Config config = Config.fromKubeconfig(adminKubeconfig().yaml());
        config.setRequestRetryBackoffLimit(0);
        try (KubernetesClient admin =
                new KubernetesClientBuilder().withConfig(config).build()) {
            // Whoever asks before the first roles are made is refused, and waits longer than this takes.
            await("the API server to be ready", () -> isReady(admin));
            startControllers(binaries);
            await("the default service account", () -> hasDefaultServiceAccount(admin));
        }
    }

    private void startControllers(Binaries binaries) {
        launch(Controllers.controllerManager(
                binaries.locate(Program.KUBE_CONTROLLER_MANAGER),
                directory,
                credentials,
                kubeconfig(credentials.controllerManager())
                        .write(directory.resolve("kubeconfigs/controller-manager"))));
        launch(Controllers.scheduler(
                binaries.locate(Program.KUBE_SCHEDULER),
                directory,
                kubeconfig(credentials.scheduler()).write(directory.resolve("kubeconfigs/scheduler"))));
    }

    private void launch(ProgramSpec program) {
        processes.add(ChildProcess.start(program, directory));
    }

    private void await(String what, BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(READY_WITHIN);
        while (!condition.getAsBoolean()) {
            for (ChildProcess process : processes) {
                if (!process.isAlive()) {
                    throw new StartFailure(process.name() + " ended before " + what, process);
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new StartFailure(
                        "gave up after " + READY_WITHIN.toSeconds() + " s waiting for " + what, processes.get(1));
            }
            pause();
        }
    }

    private static boolean isReady(KubernetesClient admin) {
        try {
            return "ok".equals(admin.raw("/readyz"));
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private static boolean hasDefaultServiceAccount(KubernetesClient admin) {
        try {
            return admin.serviceAccounts()
                            .inNamespace("default")
                            .withName("default")
                            .get()
                    != null;
        } catch (KubernetesClientException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the control plane was starting", e);
        }
    }

    /** Where the API server listens, such as {@code https://127.0.0.1:40123}. */
    public String url() {
        return endpoints.apiServer();
    }

    /** The PEM file of the authority that signed the API server's certificate. */
    public Path certificateAuthority() {
        return credentials.authority().certificate();
    }

    /** Credentials of a member of {@code system:masters}, whom RBAC does not hold back. */
    public Kubeconfig adminKubeconfig() {
        return kubeconfig(credentials.admin());
    }

    /** Credentials of another member of that group, so that the audit log can tell who wrote. */
    public Kubeconfig adminKubeconfig(String user) {
        return kubeconfig(credentials.authority().clientWithRsaKey(user, user, List.of("system:masters")));
    }

    /** Credentials of whom the token was issued to. */
    public Kubeconfig kubeconfig(String token) {
        return Kubeconfig.withToken(endpoints.apiServer(), certificateAuthority(), token);
    }

    private Kubeconfig kubeconfig(CertificateAuthority.Identity identity) {
        return Kubeconfig.withCertificate(endpoints.apiServer(), certificateAuthority(), identity);
    }

    /** All writes that the API server has answered. */
    public AuditLog auditLog() {
        return new AuditLog(ApiServer.auditLog(directory));
    }

    /** Ends all programs and removes etcd's data; logs stay. */
    @Override
    public void close() {
        processes.forEach(ChildProcess::requestStop);
        processes.reversed().forEach(process -> process.stop(Duration.ofSeconds(2)));
        processes.clear();
        directory.delete(Etcd.DATA);
    }

    /** Why the control plane did not come up. */
    private static final class StartFailure extends IllegalStateException {
        private final boolean portTaken;

        StartFailure(String reason, ChildProcess process) {
            super("%s; the end of %s:%n%s".formatted(reason, process.log(), process.logTail(15)));
            this.portTaken = process.logTail(50).contains("address already in use");
        }

        boolean portTaken() {
            return portTaken;
        }
    }
}
