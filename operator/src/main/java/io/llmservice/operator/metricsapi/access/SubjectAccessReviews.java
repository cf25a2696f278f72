package io.llmservice.operator.metricsapi.access;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewSpec;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewSpecBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server about a user's rights and remembers the answer for as long as its own delegated servers do. */
public final class SubjectAccessReviews implements Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(SubjectAccessReviews.class);
    /** The default of k8s.io/apiserver's delegated authorization, for both answers. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final int MAX_ENTRIES = 1_024;

    private final UnaryOperator<SubjectAccessReview> create;
    private final Clock clock;
    private final LinkedHashMap<Question, Answer> answers = new LinkedHashMap<>();

    /** @param create sends the review and gives it back answered; throws {@link KubernetesClientException} */
    public SubjectAccessReviews(UnaryOperator<SubjectAccessReview> create, Clock clock) {
        this.create = create;
        this.clock = clock;
    }

    @Override
    public Decision decide(User user, MetricAccess access) {
        Question question = new Question(user, access);
        Answer known = remembered(question);
        if (known != null) {
            return known.decision();
        }
        try {
            boolean allowed = Boolean.TRUE.equals(
                    create.apply(review(user, access)).getStatus().getAllowed());
            Decision decision = allowed ? Decision.ALLOWED : Decision.DENIED;
            remember(question, decision);
            return decision;
        } catch (KubernetesClientException unanswered) {
            LOG.atWarn()
                    .setCause(unanswered)
                    .addKeyValue("namespace", access.namespace())
                    .log("The API server did not answer a SubjectAccessReview");
            return Decision.UNDECIDED;
        }
    }

    private synchronized @Nullable Answer remembered(Question question) {
        Instant now = clock.instant();
        answers.values().removeIf(answer -> !now.isBefore(answer.until()));
        return answers.get(question);
    }

    private synchronized void remember(Question question, Decision decision) {
        if (answers.size() >= MAX_ENTRIES) {
            answers.pollFirstEntry();
        }
        answers.put(question, new Answer(decision, clock.instant().plus(REMEMBERED)));
    }

    private static SubjectAccessReview review(User user, MetricAccess access) {
        return new SubjectAccessReviewBuilder().withSpec(spec(user, access)).build();
    }

    private static SubjectAccessReviewSpec spec(User user, MetricAccess access) {
        SubjectAccessReviewSpecBuilder spec = new SubjectAccessReviewSpecBuilder()
                .withUser(user.name())
                .withGroups(user.groups())
                .withExtra(user.extra())
                .withResourceAttributes(attributes(access));
        user.uid().ifPresent(spec::withUid);
        return spec.build();
    }

    private static ResourceAttributes attributes(MetricAccess access) {
        return new ResourceAttributesBuilder()
                .withGroup("custom.metrics.k8s.io")
                .withVersion(access.version())
                .withNamespace(access.namespace())
                .withResource("pods")
                .withSubresource(access.metric())
                .withName(access.pod())
                .withVerb("get")
                .build();
    }

    private record Question(User user, MetricAccess access) {}

    private record Answer(Decision decision, Instant until) {}
}
