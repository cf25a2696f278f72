package io.llmservice.operator.metricsapi;

import static io.llmservice.operator.metricsapi.ApiServiceSettings.Mode.AUTO;
import static io.llmservice.operator.metricsapi.ApiServiceSettings.Mode.DISABLED;
import static io.llmservice.operator.metricsapi.ApiServiceSettings.Mode.ENABLED;
import static io.llmservice.operator.metricsapi.ApiVersion.V1BETA1;
import static io.llmservice.operator.metricsapi.ApiVersion.V1BETA2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiServicePlanTest {
    private static final MetricsApiService SERVICE =
            new MetricsApiService("llmservice-system", "metrics", 443, Map.of("app", "llmservice"));
    private static final ApiServicePlan.Wanted WANTED = wanted("bundle", "uid-1");

    private final Map<ApiVersion, APIService> existing = new EnumMap<>(ApiVersion.class);

    @Test
    void isMadeWhereNobodyServesTheGroup() {
        APIService made = created(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing));

        assertThat(made.getMetadata().getName()).isEqualTo("v1beta2.custom.metrics.k8s.io");
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry("llmservice.io/metrics-api-owner", "llmservice-system/metrics");
        assertThat(made.getMetadata().getLabels()).containsEntry("app", "llmservice");
        assertThat(made.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getUid)
                .containsExactly("uid-1");
        assertThat(made.getSpec().getCaBundle()).isEqualTo("bundle");
        assertThat(made.getSpec().getService().getName()).isEqualTo("metrics");
        assertThat(made.getSpec().getVersionPriority())
                .isGreaterThan(created(ApiServicePlan.decide(V1BETA1, AUTO, WANTED, existing))
                        .getSpec()
                        .getVersionPriority());
    }

    @ParameterizedTest
    @EnumSource(ApiServiceSettings.Mode.class)
    void anothersIsNeverTouched(ApiServiceSettings.Mode mode) {
        existing.put(V1BETA1, foreign(V1BETA1));

        assertThat(ApiServicePlan.decide(V1BETA1, mode, WANTED, existing))
                .isEqualTo(leave(new ApiServiceState.ForeignOwner("monitoring/prometheus-adapter")));
    }

    @Test
    void automaticallyNoVersionIsPutBesideAnothers() {
        existing.put(V1BETA1, foreign(V1BETA1));

        assertThat(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing))
                .isEqualTo(leave(new ApiServiceState.ForeignOwner("monitoring/prometheus-adapter")));
        assertThat(ApiServicePlan.decide(V1BETA2, ENABLED, WANTED, existing)).isInstanceOf(ApiServicePlan.Create.class);
    }

    @Test
    void oneOfAnotherReleaseIsForeign() {
        MetricsApiService elsewhere = new MetricsApiService("other-system", "metrics", 443, Map.of());
        ApiServicePlan.Wanted other = new ApiServicePlan.Wanted(elsewhere, "bundle", Optional.empty());
        existing.put(V1BETA2, created(ApiServicePlan.decide(V1BETA2, AUTO, other, existing)));

        assertThat(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing))
                .isEqualTo(leave(new ApiServiceState.ForeignOwner("other-system/metrics")));
    }

    @Test
    void oursIsLeftAloneWhenNothingDiffers() {
        existing.put(V1BETA2, fromServer(created(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing))));

        assertThat(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing)).isEqualTo(leave(new ApiServiceState.Ours()));
    }

    @Test
    void oursFollowsTheBundleAndTheReleaseAndKeepsWhatOthersAdded() {
        APIService current = fromServer(created(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing)));
        existing.put(V1BETA2, current);

        ApiServicePlan plan = ApiServicePlan.decide(V1BETA2, AUTO, wanted("new bundle", "uid-2"), existing);

        APIService desired = assertThat(plan)
                .asInstanceOf(type(ApiServicePlan.Update.class))
                .actual()
                .desired();
        assertThat(desired.getSpec().getCaBundle()).isEqualTo("new bundle");
        assertThat(desired.getMetadata().getOwnerReferences())
                .extracting(OwnerReference::getUid)
                .containsExactly("uid-2");
        assertThat(desired.getMetadata().getResourceVersion()).isEqualTo("42");
        assertThat(desired.getMetadata().getLabels()).containsEntry("theirs", "kept");
    }

    @Test
    void disabledTakesOursBack() {
        APIService current = fromServer(created(ApiServicePlan.decide(V1BETA2, AUTO, WANTED, existing)));
        existing.put(V1BETA2, current);

        assertThat(ApiServicePlan.decide(V1BETA2, DISABLED, WANTED, existing))
                .isEqualTo(new ApiServicePlan.Delete(current));
        assertThat(ApiServicePlan.decide(V1BETA1, DISABLED, WANTED, existing))
                .isEqualTo(leave(new ApiServiceState.Disabled()));
    }

    private static APIService created(ApiServicePlan plan) {
        return assertThat(plan)
                .asInstanceOf(type(ApiServicePlan.Create.class))
                .actual()
                .desired();
    }

    private static ApiServicePlan leave(ApiServiceState state) {
        return new ApiServicePlan.Leave(state);
    }

    private static ApiServicePlan.Wanted wanted(String bundle, String uid) {
        OwnerReference owner = new OwnerReferenceBuilder()
                .withApiVersion("rbac.authorization.k8s.io/v1")
                .withKind("ClusterRole")
                .withName("llmservice-operator")
                .withUid(uid)
                .build();
        return new ApiServicePlan.Wanted(SERVICE, bundle, Optional.of(owner));
    }

    private static APIService fromServer(APIService made) {
        return new APIServiceBuilder(made)
                .editMetadata()
                .withUid("uid")
                .withResourceVersion("42")
                .addToLabels("theirs", "kept")
                .endMetadata()
                .build();
    }

    private static APIService foreign(ApiVersion version) {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(version.apiServiceName())
                .endMetadata()
                .withNewSpec()
                .withNewService("prometheus-adapter", "monitoring", 443)
                .endSpec()
                .build();
    }
}
