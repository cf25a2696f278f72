package io.llmservice.operator.metricsapi;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.APIServiceSpec;
import io.fabric8.kubernetes.api.model.APIServiceSpecBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.ServiceReference;
import io.fabric8.kubernetes.api.model.ServiceReferenceBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What to do about one version's APIService, decided from all that exist for the group. */
sealed interface ApiServicePlan {
    /** Says whose an APIService is: {@code namespace/service} of the operator that made it. */
    String OWNER_ANNOTATION = "llmservice.io/metrics-api-owner";

    /** Below the built-in groups and beside what other metrics adapters ask for. */
    int GROUP_PRIORITY = 100;

    record Create(APIService desired) implements ApiServicePlan {}

    /** What is there is ours and differs; {@code desired} carries the version that the write must find. */
    record Update(APIService desired) implements ApiServicePlan {}

    record Delete(APIService ours) implements ApiServicePlan {}

    /** Nothing to write. */
    record Leave(ApiServiceState state) implements ApiServicePlan {}

    /** What is wanted of one version, once the settings are known. */
    record Wanted(MetricsApiService service, String caBundle, Optional<OwnerReference> owner) {}

    /**
     * Decides for one version.
     *
     * @param existing every APIService of the group, by version
     */
    static ApiServicePlan decide(
            ApiVersion version, ApiServiceSettings.Mode mode, Wanted wanted, Map<ApiVersion, APIService> existing) {
        APIService current = existing.get(version);
        boolean ours = current != null && isOurs(current, wanted.service());
        if (current != null && !ours) {
            return new Leave(new ApiServiceState.ForeignOwner(owner(current)));
        }
        if (mode == ApiServiceSettings.Mode.DISABLED) {
            return current == null ? new Leave(new ApiServiceState.Disabled()) : new Delete(current);
        }
        if (current == null) {
            // Another version of someone else's means that they serve the group: a version of ours beside it could
            // become
            // the preferred one, and every HPA on their metrics would ask here.
            Optional<String> neighbour = existing.values().stream()
                    .filter(other -> !isOurs(other, wanted.service()))
                    .map(ApiServicePlan::owner)
                    .findFirst();
            return mode == ApiServiceSettings.Mode.AUTO && neighbour.isPresent()
                    ? new Leave(new ApiServiceState.ForeignOwner(neighbour.get()))
                    : new Create(desired(version, wanted, new APIServiceBuilder().build()));
        }
        APIService desired = desired(version, wanted, current);
        return desired.getSpec().equals(current.getSpec())
                        && desired.getMetadata().equals(current.getMetadata())
                ? new Leave(new ApiServiceState.Ours())
                : new Update(desired);
    }

    private static boolean isOurs(APIService service, MetricsApiService ours) {
        return Optional.ofNullable(service.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(OWNER_ANNOTATION))
                .filter(ours.qualifiedName()::equals)
                .isPresent();
    }

    private static String owner(APIService service) {
        ServiceReference reference = service.getSpec().getService();
        return reference == null ? "local" : reference.getNamespace() + "/" + reference.getName();
    }

    /** What is there, with everything that is ours as it should be and all else as it is. */
    private static APIService desired(ApiVersion version, Wanted wanted, APIService current) {
        ObjectMeta before = Objects.requireNonNullElseGet(current.getMetadata(), ObjectMeta::new);
        return new APIServiceBuilder(current)
                .withMetadata(metadata(version, wanted, before))
                .withSpec(spec(version, wanted))
                .build();
    }

    private static ObjectMeta metadata(ApiVersion version, Wanted wanted, ObjectMeta before) {
        Map<String, String> labels = new HashMap<>(orEmpty(before.getLabels()));
        labels.putAll(wanted.service().labels());
        Map<String, String> annotations = new HashMap<>(orEmpty(before.getAnnotations()));
        annotations.put(OWNER_ANNOTATION, wanted.service().qualifiedName());
        return new ObjectMetaBuilder(before)
                .withName(version.apiServiceName())
                .withLabels(labels)
                .withAnnotations(annotations)
                .withOwnerReferences(owners(wanted, before))
                .build();
    }

    /** Somebody else's references stay; of a ClusterRole that was made anew, only the new one. */
    private static List<OwnerReference> owners(Wanted wanted, ObjectMeta before) {
        List<OwnerReference> owners = new ArrayList<>(before.getOwnerReferences());
        wanted.owner().ifPresent(owner -> {
            if (!owners.contains(owner)) {
                owners.removeIf(other -> other.getKind().equals(owner.getKind())
                        && other.getName().equals(owner.getName()));
                owners.add(owner);
            }
        });
        return owners;
    }

    private static APIServiceSpec spec(ApiVersion version, Wanted wanted) {
        return new APIServiceSpecBuilder()
                .withGroup(ApiVersion.GROUP)
                .withVersion(version.text())
                .withGroupPriorityMinimum(GROUP_PRIORITY)
                .withVersionPriority(version.priority())
                .withCaBundle(wanted.caBundle())
                .withService(reference(wanted.service()))
                .build();
    }

    private static ServiceReference reference(MetricsApiService service) {
        return new ServiceReferenceBuilder()
                .withNamespace(service.namespace())
                .withName(service.name())
                .withPort(service.port())
                .build();
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
