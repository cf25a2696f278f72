package io.llmservice.operator.metricsapi.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.operator.metricsapi.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SubjectAccessReviewsTest {
    private static final User HPA =
            new User("hpa", Optional.of("uid-1"), List.of("system:authenticated"), Map.of("scopes", List.of("a")));
    private static final MetricAccess ACCESS = new MetricAccess("v1beta2", "models", "*", "vllm:num_requests_running");

    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final List<SubjectAccessReview> asked = new ArrayList<>();
    private boolean allowed = true;
    private boolean answering = true;
    private final SubjectAccessReviews reviews = new SubjectAccessReviews(this::answer, clock);

    @Test
    void asksInTheWordsOfRbac() {
        assertThat(reviews.decide(HPA, ACCESS)).isEqualTo(Authorizer.Decision.ALLOWED);

        assertThat(asked).singleElement().satisfies(review -> {
            assertThat(review.getSpec().getUser()).isEqualTo("hpa");
            assertThat(review.getSpec().getUid()).isEqualTo("uid-1");
            assertThat(review.getSpec().getGroups()).containsExactly("system:authenticated");
            assertThat(review.getSpec().getExtra()).containsEntry("scopes", List.of("a"));
            ResourceAttributes attributes = review.getSpec().getResourceAttributes();
            assertThat(attributes.getVerb()).isEqualTo("get");
            assertThat(attributes.getGroup()).isEqualTo("custom.metrics.k8s.io");
            assertThat(attributes.getResource()).isEqualTo("pods");
            assertThat(attributes.getSubresource()).isEqualTo("vllm:num_requests_running");
            assertThat(attributes.getNamespace()).isEqualTo("models");
        });
    }

    @Test
    void answerIsRememberedForAWhile() {
        reviews.decide(HPA, ACCESS);
        clock.advance(Duration.ofSeconds(9));
        reviews.decide(HPA, ACCESS);
        assertThat(asked).hasSize(1);

        allowed = false;
        clock.advance(Duration.ofSeconds(1));

        assertThat(reviews.decide(HPA, ACCESS)).isEqualTo(Authorizer.Decision.DENIED);
        assertThat(asked).hasSize(2);
    }

    @Test
    void othersRightsAreAskedForThemselves() {
        reviews.decide(HPA, ACCESS);
        reviews.decide(new User("hpa", Optional.empty(), List.of(), Map.of()), ACCESS);
        reviews.decide(HPA, new MetricAccess("v1beta2", "others", "*", "vllm:num_requests_running"));

        assertThat(asked).hasSize(3);
    }

    @Test
    void noAnswerIsNotRemembered() {
        answering = false;
        assertThat(reviews.decide(HPA, ACCESS)).isEqualTo(Authorizer.Decision.UNDECIDED);

        answering = true;

        assertThat(reviews.decide(HPA, ACCESS)).isEqualTo(Authorizer.Decision.ALLOWED);
    }

    private SubjectAccessReview answer(SubjectAccessReview review) {
        asked.add(review);
        if (!answering) {
            throw new KubernetesClientException("unreachable");
        }
        return new SubjectAccessReviewBuilder(review)
                .withNewStatus()
                .withAllowed(allowed)
                .endStatus()
                .build();
    }
}
