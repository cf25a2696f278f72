package io.llmservice.operator.metricsapi;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Registers the metrics API with the API server, one APIService for each version; only the leader calls it. */
public final class ApiServices {
    private final KubernetesClient client;
    private final ApiServiceSettings settings;

    public ApiServices(KubernetesClient client, ApiServiceSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Makes the registration what the settings ask for, and writes nothing if it is; to be called every so often.
     *
     * @param caBundle PEM, see {@link MetricsApi#caBundle()}
     * @return for each version who serves it now; never throws for what the API server answers
     */
    public Map<ApiVersion, ApiServiceState> reconcile(String caBundle) {
        Map<ApiVersion, ApiServiceState> states = new EnumMap<>(ApiVersion.class);
        try {
            ApiServicePlan.Wanted wanted = new ApiServicePlan.Wanted(
                    settings.service(), Base64.getEncoder().encodeToString(caBundle.getBytes(US_ASCII)), owner());
            Map<ApiVersion, APIService> existing = existing();
            for (ApiVersion version : ApiVersion.values()) {
                states.put(version, apply(ApiServicePlan.decide(version, settings.mode(), wanted, existing)));
            }
        } catch (KubernetesClientException refused) {
            for (ApiVersion version : ApiVersion.values()) {
                states.putIfAbsent(version, failed(refused));
            }
        }
        return states;
    }

    private ApiServiceState apply(ApiServicePlan plan) {
        try {
            return switch (plan) {
                case ApiServicePlan.Leave leave -> leave.state();
                case ApiServicePlan.Create create -> {
                    client.resource(create.desired()).create();
                    yield new ApiServiceState.Ours();
                }
                case ApiServicePlan.Update update -> {
                    client.resource(update.desired()).update();
                    yield new ApiServiceState.Ours();
                }
                case ApiServicePlan.Delete delete -> {
                    client.resource(delete.ours()).delete();
                    yield new ApiServiceState.Disabled();
                }
            };
        } catch (KubernetesClientException refused) {
            return failed(refused);
        }
    }

    private Map<ApiVersion, APIService> existing() {
        Map<ApiVersion, APIService> existing = new EnumMap<>(ApiVersion.class);
        for (ApiVersion version : ApiVersion.values()) {
            APIService found = client.resources(APIService.class)
                    .withName(version.apiServiceName())
                    .get();
            if (found != null) {
                existing.put(version, found);
            }
        }
        return existing;
    }

    private Optional<OwnerReference> owner() {
        return settings.ownerClusterRole()
                .map(name -> client.rbac().clusterRoles().withName(name).get())
                .map(ApiServices::reference);
    }

    private static OwnerReference reference(ClusterRole role) {
        return new OwnerReferenceBuilder()
                .withApiVersion("rbac.authorization.k8s.io/v1")
                .withKind("ClusterRole")
                .withName(role.getMetadata().getName())
                .withUid(role.getMetadata().getUid())
                .build();
    }

    private static ApiServiceState failed(KubernetesClientException refused) {
        return new ApiServiceState.Failed(
                Optional.ofNullable(refused.getMessage()).orElse("the API server did not answer"));
    }
}
