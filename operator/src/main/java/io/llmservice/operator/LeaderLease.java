package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.operator.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Lease by which replicas elect the one that writes. */
final class LeaderLease {

    static final String NAME = "llmservice-operator";

    private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);

    private final KubernetesClient client;
    private final Settings settings;

    LeaderLease(KubernetesClient client, Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Tells the others that this leader ends; otherwise they would wait until its Lease runs out. */
    void release() {
        try {
            var lease = client.resources(Lease.class)
                    .inNamespace(settings.namespace())
                    .withName(NAME)
                    .get();
            if (lease != null && settings.instance().equals(lease.getSpec().getHolderIdentity())) {
                lease.getSpec().setHolderIdentity("");
                client.resource(lease).update();
            }
        } catch (KubernetesClientException e) {
            LOG.atInfo().addKeyValue("code", e.getCode()).log("Lease not released; it runs out by itself");
        }
    }
}
