package io.llmservice.localcluster.controlplane;

import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How the controller manager and the scheduler are started: alone, without ports, and quick to react. */
final class Controllers {
    private Controllers() {}

    static ProgramSpec controllerManager(
            Path executable, RunDirectory directory, Credentials credentials, Path kubeconfig) {
        return new ProgramSpec(
                "kube-controller-manager",
                List.of(
                        executable.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--authentication-kubeconfig=" + kubeconfig,
                        "--authorization-kubeconfig=" + kubeconfig,
                        "--secure-port=0",
                        "--leader-elect=false",
                        "--use-service-account-credentials=true",
                        "--service-account-private-key-file="
                                + credentials.serviceAccounts().key(),
                        "--root-ca-file=" + credentials.authority().certificate(),
                        "--cluster-signing-cert-file=" + credentials.authority().certificate(),
                        "--cluster-signing-key-file=" + credentials.authority().key(),
                        "--horizontal-pod-autoscaler-sync-period=2s",
                        "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
                        "--kube-api-qps=200",
                        "--kube-api-burst=400",
                        "--profiling=false"),
                Map.of(),
                directory.root(),
                directory.log("kube-controller-manager"));
    }

    static ProgramSpec scheduler(Path executable, RunDirectory directory, Path kubeconfig) {
        return new ProgramSpec(
                "kube-scheduler",
                List.of(
                        executable.toString(),
                        "--config=" + schedulerConfiguration(directory, kubeconfig),
                        "--authentication-kubeconfig=" + kubeconfig,
                        "--authorization-kubeconfig=" + kubeconfig,
                        "--secure-port=0"),
                Map.of(),
                directory.root(),
                directory.log("kube-scheduler"));
    }

    /** A pod that waits for its node is tried again within two seconds; the scheduler's own default is ten. */
    private static Path schedulerConfiguration(RunDirectory directory, Path kubeconfig) {
        Path file = directory.resolve("scheduler.yaml");
        try {
            return Files.writeString(file, """
                    apiVersion: kubescheduler.config.k8s.io/v1
                    kind: KubeSchedulerConfiguration
                    leaderElection:
                      leaderElect: false
                    clientConnection:
                      kubeconfig: %s
                      qps: 200
                      burst: 400
                    podInitialBackoffSeconds: 1
                    podMaxBackoffSeconds: 2
                    enableProfiling: false
                    """.formatted(kubeconfig));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}
