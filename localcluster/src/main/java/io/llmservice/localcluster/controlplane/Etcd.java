package io.llmservice.localcluster.controlplane;

import io.llmservice.localcluster.process.ProgramSpec;
import io.llmservice.localcluster.process.RunDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How etcd is started: one member, in the run directory, for holders of a client certificate only. */
final class Etcd {
    /** Where the data is, in the run directory. */
    static final String DATA = "etcd";

    private Etcd() {}

    static ProgramSpec program(Path executable, RunDirectory directory, Credentials credentials, Endpoints endpoints) {
        String authority = credentials.authority().certificate().toString();
        String certificate = credentials.server().certificate().toString();
        String key = credentials.server().key().toString();
        return new ProgramSpec(
                "etcd",
                List.of(
                        executable.toString(),
                        "--name=local",
                        "--data-dir=" + directory.resolve(DATA),
                        "--listen-client-urls=" + endpoints.etcd(),
                        "--advertise-client-urls=" + endpoints.etcd(),
                        "--listen-peer-urls=" + endpoints.etcdPeer(),
                        "--initial-advertise-peer-urls=" + endpoints.etcdPeer(),
                        "--initial-cluster=local=" + endpoints.etcdPeer(),
                        "--client-cert-auth=true",
                        "--trusted-ca-file=" + authority,
                        "--cert-file=" + certificate,
                        "--key-file=" + key,
                        "--peer-client-cert-auth=true",
                        "--peer-trusted-ca-file=" + authority,
                        "--peer-cert-file=" + certificate,
                        "--peer-key-file=" + key,
                        // The data need not outlive the machine.
                        "--unsafe-no-fsync",
                        "--log-level=warn"),
                Map.of(),
                directory.root(),
                directory.log("etcd"));
    }
}
