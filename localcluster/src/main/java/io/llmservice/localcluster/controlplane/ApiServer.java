package io.llmservice.localcluster.controlplane;

import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the API server is started: RBAC on, real service-account tokens, aggregation, and an audit log of writes. */
final class ApiServer {
    /** Nothing routes these addresses: a Service is only ever an object here. */
    private static final String SERVICE_RANGE = "10.96.0.0/16";

    static final String FIRST_SERVICE_ADDRESS = "10.96.0.1";

    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              verbs: [get, list, watch]
            - level: None
              resources:
              - group: authentication.k8s.io
              - group: authorization.k8s.io
            - level: Metadata
            """;

    private ApiServer() {}

    static Path auditLog(RunDirectory directory) {
        return directory.resolve("logs/audit.json");
    }

    static ProgramSpec program(Path executable, RunDirectory directory, Credentials credentials, Endpoints endpoints) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(serving(credentials, endpoints));
        command.addAll(storage(credentials, endpoints));
        command.addAll(users(credentials));
        command.addAll(aggregation(credentials));
        command.addAll(List.of(
                "--audit-policy-file=" + auditPolicy(directory),
                "--audit-log-path=" + auditLog(directory),
                "--audit-log-mode=blocking",
                // On by default from 1.35 on.
                "--feature-gates=ImageVolume=true",
                "--allow-privileged=true",
                "--profiling=false"));
        return new ProgramSpec("kube-apiserver", command, Map.of(), directory.root(), directory.log("kube-apiserver"));
    }

    private static List<String> serving(Credentials credentials, Endpoints endpoints) {
        return List.of(
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                "--secure-port=" + endpoints.apiServerPort(),
                "--tls-cert-file=" + credentials.server().certificate(),
                "--tls-private-key-file=" + credentials.server().key(),
                "--service-cluster-ip-range=" + SERVICE_RANGE,
                // Endpoints cannot hold the loopback address that this server has.
                "--endpoint-reconciler-type=none");
    }

    private static List<String> storage(Credentials credentials, Endpoints endpoints) {
        return List.of(
                "--etcd-servers=" + endpoints.etcd(),
                "--etcd-cafile=" + credentials.authority().certificate(),
                "--etcd-certfile=" + credentials.etcdClient().certificate(),
                "--etcd-keyfile=" + credentials.etcdClient().key());
    }

    private static List<String> users(Credentials credentials) {
        return List.of(
                "--client-ca-file=" + credentials.authority().certificate(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
                "--service-account-signing-key-file="
                        + credentials.serviceAccounts().key(),
                "--service-account-key-file=" + credentials.serviceAccounts().certificate());
    }

    private static List<String> aggregation(Credentials credentials) {
        return List.of(
                "--requestheader-client-ca-file="
                        + credentials.frontProxyAuthority().certificate(),
                "--requestheader-allowed-names=" + Credentials.FRONT_PROXY_NAME,
                "--requestheader-username-headers=X-Remote-User",
                "--requestheader-group-headers=X-Remote-Group",
                "--requestheader-extra-headers-prefix=X-Remote-Extra-",
                "--proxy-client-cert-file=" + credentials.frontProxy().certificate(),
                "--proxy-client-key-file=" + credentials.frontProxy().key());
    }

    private static Path auditPolicy(RunDirectory directory) {
        Path file = directory.resolve("audit-policy.yaml");
        try {
            return Files.writeString(file, AUDIT_POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not write " + file, e);
        }
    }
}
