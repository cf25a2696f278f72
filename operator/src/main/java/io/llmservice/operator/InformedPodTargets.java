package io.llmservice.operator;

import io.fabric8.kubernetes.api.model.Pod;
import io.llmservice.operator.metricsapi.pods.PodTarget;
import io.llmservice.operator.metricsapi.pods.PodTargets;
import io.llmservice.operator.metricsapi.pods.Selector;
import io.llmservice.operator.observe.Informers;
import io.llmservice.planner.Labels;
import io.llmservice.planner.children.ChildContext;
import java.util.List;
import java.util.Map;

/** The pods that the metrics API may ask: those of LlmServices, as the informer knows them. */
record InformedPodTargets(Informers informers) implements PodTargets {

    @Override
    public List<PodTarget> find(String namespace, Selector selector) {
        return informers
                .pods(namespace)
                .filter(InformedPodTargets::canAnswer)
                .filter(pod -> selector.matches(labels(pod)))
                .map(InformedPodTargets::target)
                .toList();
    }

    private static boolean canAnswer(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getPodIP() != null
                && labels(pod).containsKey(Labels.SERVICE);
    }

    private static PodTarget target(Pod pod) {
        return new PodTarget(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getStatus().getPodIP(),
                ChildContext.PORT,
                labels(pod));
    }

    private static Map<String, String> labels(Pod pod) {
        return pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
    }
}
