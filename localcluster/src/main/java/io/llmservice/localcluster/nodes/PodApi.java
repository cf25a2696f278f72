package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one pod's status and, at its end, removes it; only ever the pod of this very uid. */
final class PodApi {
    private static final Logger log = LoggerFactory.getLogger(PodApi.class);
    private static final PatchContext STATUS_PATCH = new PatchContext.Builder()
            .withPatchType(PatchType.STRATEGIC_MERGE)
            .withFieldManager("simulated-node")
            .build();

    private final KubernetesClient client;
    private final Pod pod;

    PodApi(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    /** Merges the status, so that conditions which others wrote (the scheduler's, a disruption's) stay. */
    void writeStatus(PodStatus status) {
        String patch = Serialization.asJson(
                Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status));
        ifThere(() -> resource().subresource("status").patch(STATUS_PATCH, patch));
    }

    /** Deletes the pod at once, as kubelet does when its containers have ended. */
    void remove() {
        ObjectMeta metadata = pod.getMetadata();
        DeleteOptions now = new DeleteOptionsBuilder()
                .withGracePeriodSeconds(0L)
                .withNewPreconditions(null, metadata.getUid())
                .build();
        String path = "/api/v1/namespaces/%s/pods/%s".formatted(metadata.getNamespace(), metadata.getName());
        ifThere(() -> client.raw(path, "DELETE", now));
    }

    private PodResource resource() {
        return client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private void ifThere(Runnable write) {
        try {
            write.run();
        } catch (KubernetesClientException e) {
            boolean gone =
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (!gone) {
                log.atWarn()
                        .addKeyValue("namespace", pod.getMetadata().getNamespace())
                        .addKeyValue("pod", pod.getMetadata().getName())
                        .addKeyValue("answer", e.getMessage())
                        .log("The API server did not take a write for the pod");
            }
        }
    }
}
