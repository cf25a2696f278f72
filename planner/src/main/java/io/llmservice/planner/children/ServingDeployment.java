package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpecBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeploymentBuilder;
import io.llmservice.api.v1alpha1.Rollout;
import io.llmservice.planner.Labels;

/**
 * The Deployment around the accepted pod template. It never says how many replicas: that is the autoscaler's, through
 * every change of the rest.
 */
public final class ServingDeployment {

    private static final int REVISION_HISTORY = 3;

    private ServingDeployment() {}

    public static Deployment desired(ChildContext context, PodTemplateSpec podTemplate) {
        return new DeploymentBuilder()
                .withMetadata(context.namespaced(context.identity().name(), "serving"))
                .withSpec(spec(context, podTemplate))
                .build();
    }

    /** Only the replica count, for a Deployment that was just made; applied under a manager name of its own. */
    public static Deployment initialReplicas(ChildContext context) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withNamespace(context.identity().namespace())
                .withName(context.identity().name())
                .endMetadata()
                .withNewSpec()
                .withReplicas(context.spec().scaling().minReplicas())
                .endSpec()
                .build();
    }

    private static DeploymentSpec spec(ChildContext context, PodTemplateSpec podTemplate) {
        return new DeploymentSpecBuilder()
                .withSelector(new LabelSelectorBuilder()
                        .withMatchLabels(Labels.selector(context.identity()))
                        .build())
                .withStrategy(strategy(context.spec().serving().rollout()))
                .withProgressDeadlineSeconds(progressDeadlineSeconds(context))
                .withRevisionHistoryLimit(REVISION_HISTORY)
                .withTemplate(podTemplate)
                .build();
    }

    private static DeploymentStrategy strategy(Rollout rollout) {
        boolean surge = rollout == Rollout.SURGE;
        return new DeploymentStrategyBuilder()
                .withType("RollingUpdate")
                .withRollingUpdate(new RollingUpdateDeploymentBuilder()
                        .withMaxSurge(new IntOrString(surge ? 1 : 0))
                        .withMaxUnavailable(new IntOrString(surge ? 0 : 1))
                        .build())
                .build();
    }

    /** Beyond the slowest start that the probe allows and a node's launch: the default of 600 s calls a load failed. */
    private static int progressDeadlineSeconds(ChildContext context) {
        var replica = context.plan().replica();
        return replica.startupSeconds() + replica.coldStartSeconds() + 300;
    }
}
