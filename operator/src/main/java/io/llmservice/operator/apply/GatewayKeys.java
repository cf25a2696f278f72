package io.llmservice.operator.apply;

import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.LlmService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes from a status what a replica of the gateway that has gone wrote there. */
public final class GatewayKeys {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayKeys.class);

    private final KubernetesClient client;

    public GatewayKeys(KubernetesClient client) {
        this.client = client;
    }

    /** Applies nothing in the replica's name, so that what only it owned goes. */
    public void remove(LlmService service, String replica) {
        LOG.atInfo()
                .addKeyValue("service", service.getMetadata().getName())
                .addKeyValue("replica", replica)
                .log("Removing the report of a gateway that has gone");
        var nothing = new GenericKubernetesResourceBuilder()
                .withApiVersion(LlmService.API_VERSION)
                .withKind(LlmService.KIND)
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(service.getMetadata().getNamespace())
                        .withName(service.getMetadata().getName())
                        .withUid(service.getMetadata().getUid())
                        .build())
                .build();
        client.resource(nothing)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(GatewayReport.fieldManager(replica))
                        .withForce(true)
                        .build());
    }
}
