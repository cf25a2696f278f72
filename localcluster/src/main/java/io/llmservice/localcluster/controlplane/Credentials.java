package io.llmservice.localcluster.controlplane;

import io.llmservice.localcluster.controlplane.CertificateAuthority.Identity;
import java.nio.file.Path;
import java.util.List;

/** All keys and certificates of one cluster. */
record Credentials(
        CertificateAuthority authority,
        CertificateAuthority frontProxyAuthority,
        Identity server,
        Identity etcdClient,
        Identity admin,
        Identity controllerManager,
        Identity scheduler,
        Identity frontProxy,
        Identity serviceAccounts) {
    /** The common name of the certificate with which the API server calls aggregated APIs. */
    static final String FRONT_PROXY_NAME = "front-proxy-client";

    static Credentials create(Path directory) {
        CertificateAuthority authority = CertificateAuthority.create("ca", directory);
        CertificateAuthority frontProxyAuthority = CertificateAuthority.create("front-proxy-ca", directory);
        return new Credentials(
                authority,
                frontProxyAuthority,
                authority.server(
                        "server",
                        List.of(
                                "localhost",
                                "kubernetes",
                                "kubernetes.default",
                                "kubernetes.default.svc",
                                "kubernetes.default.svc.cluster.local"),
                        List.of("127.0.0.1", ApiServer.FIRST_SERVICE_ADDRESS)),
                authority.client("etcd-client", "etcd-client", List.of()),
                authority.clientWithRsaKey("admin", "local-admin", List.of("system:masters")),
                authority.client("controller-manager", "system:kube-controller-manager", List.of()),
                authority.client("scheduler", "system:kube-scheduler", List.of()),
                frontProxyAuthority.client("front-proxy", FRONT_PROXY_NAME, List.of()),
                CertificateAuthority.keyPair("service-accounts", directory));
    }
}
