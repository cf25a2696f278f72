package io.llmservice.gateway.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmservice.api.v1alpha1.GatewayReport;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.gateway.route.ServiceRoute;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one replica's entry of {@code status.gateways} by server-side apply under a manager name of the replica's own, so
 * that no two programs write the same field.
 */
final class ReportWriter {

    private static final Logger LOG = LoggerFactory.getLogger(ReportWriter.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int TOO_MANY_REQUESTS = 429;

    private final KubernetesClient client;
    private final String replica;

    ReportWriter(KubernetesClient client, String replica) {
        this.client = client;
        this.replica = replica;
    }

    /** How a write ended. */
    enum Written {
        /** It is there. */
        DONE,
        /** The service is no more, or the API server does not let it be written. */
        REFUSED,
        /** The API server was away or too busy. */
        UNANSWERED
    }

    /** Writes the entry, or takes it away if there is none to write. Waits for the answer. */
    Written write(ServiceRoute service, Optional<GatewayReport> report) {
        try {
            if (report.isPresent()) {
                apply(service, report.get());
            } else {
                remove(service);
            }
            return Written.DONE;
        } catch (KubernetesClientException failure) {
            if (failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Written.REFUSED;
            }
            LOG.atWarn()
                    .addKeyValue("service", service.key())
                    .addKeyValue("status", failure.getCode())
                    .addKeyValue("cause", words(failure))
                    .log("Report could not be written into the status, will try again");
            return isAnswer(failure) ? Written.REFUSED : Written.UNANSWERED;
        }
    }

    private void apply(ServiceRoute service, GatewayReport report) {
        var object = new GenericKubernetesResource();
        object.setApiVersion(LlmService.API_VERSION);
        object.setKind(LlmService.KIND);
        object.setMetadata(new ObjectMetaBuilder()
                .withNamespace(service.key().namespace())
                .withName(service.key().name())
                .build());
        object.setAdditionalProperty(
                "status", Map.of("gateways", Map.of(replica, JSON.convertValue(report, Map.class))));
        client.resource(object).subresource("status").patch(context(PatchType.SERVER_SIDE_APPLY, true));
    }

    /** Not by applying nothing: where nobody else has written a status, that leaves null, which the schema refuses. */
    private void remove(ServiceRoute service) {
        var nothing = new HashMap<String, @Nullable Object>();
        nothing.put(replica, null);
        var patch = Map.of("status", Map.of("gateways", nothing));
        client.genericKubernetesResources(LlmServices.CONTEXT)
                .inNamespace(service.key().namespace())
                .withName(service.key().name())
                .subresource("status")
                .patch(
                        context(PatchType.JSON_MERGE, false),
                        JSON.valueToTree(patch).toString());
    }

    private PatchContext context(PatchType type, boolean force) {
        var context =
                new PatchContext.Builder().withPatchType(type).withFieldManager(GatewayReport.fieldManager(replica));
        return (force ? context.withForce(true) : context).build();
    }

    /** The client has 0 or less for no answer at all. */
    private static boolean isAnswer(KubernetesClientException failure) {
        return failure.getCode() >= 400
                && failure.getCode() < 500
                && failure.getCode() != HttpURLConnection.HTTP_CLIENT_TIMEOUT
                && failure.getCode() != TOO_MANY_REQUESTS;
    }

    private static String words(KubernetesClientException failure) {
        var answer = failure.getStatus();
        return String.valueOf(answer == null ? failure.getMessage() : answer.getMessage());
    }
}
