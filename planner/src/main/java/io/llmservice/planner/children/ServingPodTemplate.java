package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.Labels;
import java.util.TreeMap;

/** The pod: one engine, on a node of its own pool, as unprivileged as it can be. */
public final class ServingPodTemplate {

    /** Any user but root; the engine's images of late have one of this number. */
    private static final long USER = 2000;

    /** What the engine needs beyond preStop pause and shutdown timeout to end in order. */
    private static final int EXIT_SECONDS = 30;

    private ServingPodTemplate() {}

    public static PodTemplateSpec desired(ChildContext context) {
        var labels = new TreeMap<>(context.spec().serving().podLabels());
        labels.putAll(Labels.of(context.identity(), "engine"));
        var annotations = new TreeMap<>(context.spec().serving().podAnnotations());
        annotations.put(Annotations.DO_NOT_DISRUPT, "true");
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(spec(context))
                .build();
    }

    private static PodSpec spec(ChildContext context) {
        var serving = context.spec().serving();
        return new PodSpecBuilder()
                .withServiceAccountName(ServingAccount.name(context))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withPriorityClassName(serving.priorityClassName())
                .withTerminationGracePeriodSeconds(
                        (long) serving.drainSeconds() + serving.shutdownSeconds() + EXIT_SECONDS)
                .withSecurityContext(security())
                .withImagePullSecrets(context.spec().engine().vllm().imagePullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withNodeSelector(Placement.nodeSelector(context))
                .withTolerations(Placement.tolerations(context))
                .withTopologySpreadConstraints(spread(context))
                .withContainers(EngineContainer.desired(context))
                .withVolumes(EngineVolumes.volumes(context))
                .build();
    }

    private static PodSecurityContext security() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static TopologySpreadConstraint spread(ChildContext context) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey("topology.kubernetes.io/zone")
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withLabelSelector(new LabelSelectorBuilder()
                        .withMatchLabels(Labels.selector(context.identity()))
                        .build())
                .build();
    }
}
