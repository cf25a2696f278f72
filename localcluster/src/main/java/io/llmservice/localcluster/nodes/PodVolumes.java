package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out whether what a pod wants mounted is there; nothing is mounted on simulated nodes. */
final class PodVolumes {
    private PodVolumes() {}

    /** The Secrets and ConfigMaps that must be there for the pod's volumes and are not. */
    static List<String> missing(Pod pod, ContainerEnvironment.References references) {
        List<String> missing = new ArrayList<>();
        for (Volume volume : Optional.ofNullable(pod.getSpec().getVolumes()).orElse(List.of())) {
            if (volume.getSecret() != null
                    && !Boolean.TRUE.equals(volume.getSecret().getOptional())
                    && references.secret(volume.getSecret().getSecretName()).isEmpty()) {
                missing.add("secret " + volume.getSecret().getSecretName());
            }
            if (volume.getConfigMap() != null
                    && !Boolean.TRUE.equals(volume.getConfigMap().getOptional())
                    && references.configMap(volume.getConfigMap().getName()).isEmpty()) {
                missing.add("configmap " + volume.getConfigMap().getName());
            }
        }
        return missing;
    }
}
