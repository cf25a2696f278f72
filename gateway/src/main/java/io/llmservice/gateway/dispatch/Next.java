package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.route.PodEndpoint;

/** Where an attempt goes. */
public sealed interface Next {

    /** To a pod. */
    record ToPod(PodEndpoint pod, Attempt attempt) implements Next {}

    /**
     * To a target.
     *
     * @param reason one word for why not to a pod, for metrics and the response header, such as {@code NoReadyReplicas}
     */
    record ToTarget(FallbackTarget target, String reason, Attempt attempt) implements Next {}

    /** Nowhere. */
    record Refused(Refusal refusal) implements Next {}
}
