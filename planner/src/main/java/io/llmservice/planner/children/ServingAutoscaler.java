package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.autoscaling.v2.CrossVersionObjectReference;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingPolicyBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRules;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HPAScalingRulesBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehaviorBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerSpecBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricIdentifierBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricTargetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.PodsMetricSourceBuilder;
import io.llmservice.api.v1alpha1.ScalingRules;
import java.util.ArrayList;
import java.util.List;

/** The HorizontalPodAutoscaler: the only writer of the Deployment's replica count, even where min equals max. */
public final class ServingAutoscaler {

    public static final String RUNNING_REQUESTS = "vllm:num_requests_running";
    public static final String WAITING_REQUESTS = "vllm:num_requests_waiting";
    public static final String CACHE_USAGE = "vllm:kv_cache_usage_perc";

    private ServingAutoscaler() {}

    public static HorizontalPodAutoscaler desired(ChildContext context) {
        return new HorizontalPodAutoscalerBuilder()
                .withMetadata(context.namespaced(context.identity().name(), "autoscaling"))
                .withSpec(spec(context))
                .build();
    }

    private static HorizontalPodAutoscalerSpec spec(ChildContext context) {
        var scaling = context.spec().scaling();
        return new HorizontalPodAutoscalerSpecBuilder()
                .withScaleTargetRef(new CrossVersionObjectReference(
                        "apps/v1", "Deployment", context.identity().name()))
                .withMinReplicas(scaling.minReplicas())
                .withMaxReplicas(scaling.upperBound())
                .withMetrics(metrics(context))
                .withBehavior(new HorizontalPodAutoscalerBehaviorBuilder()
                        .withScaleUp(rules(scaling.scaleUp(), 0, 4, 15))
                        .withScaleDown(rules(scaling.scaleDown(), 300, 1, 60))
                        .build())
                .build();
    }

    private static List<MetricSpec> metrics(ChildContext context) {
        var scaling = context.spec().scaling();
        var metrics = new ArrayList<MetricSpec>();
        metrics.add(perPod(RUNNING_REQUESTS, context.targetRunningRequestsQuantity()));
        if (scaling.targetWaitingRequests() != null) {
            metrics.add(perPod(WAITING_REQUESTS, scaling.targetWaitingRequests().toString()));
        }
        if (scaling.targetCacheUtilization() != null) {
            int percent = scaling.targetCacheUtilization();
            metrics.add(perPod(CACHE_USAGE, percent == 100 ? "1" : percent * 10 + "m"));
        }
        return metrics;
    }

    private static MetricSpec perPod(String metric, String average) {
        return new MetricSpecBuilder()
                .withType("Pods")
                .withPods(new PodsMetricSourceBuilder()
                        .withMetric(
                                new MetricIdentifierBuilder().withName(metric).build())
                        .withTarget(new MetricTargetBuilder()
                                .withType("AverageValue")
                                .withAverageValue(new Quantity(average))
                                .build())
                        .build())
                .build();
    }

    private static HPAScalingRules rules(ScalingRules asked, int window, int replicas, int period) {
        return new HPAScalingRulesBuilder()
                .withStabilizationWindowSeconds(or(asked.stabilizationWindowSeconds(), window))
                .withSelectPolicy("Max")
                .withPolicies(new HPAScalingPolicyBuilder()
                        .withType("Pods")
                        .withValue(or(asked.replicas(), replicas))
                        .withPeriodSeconds(or(asked.periodSeconds(), period))
                        .build())
                .build();
    }

    private static int or(@org.jspecify.annotations.Nullable Integer asked, int standard) {
        return asked == null ? standard : asked;
    }
}
