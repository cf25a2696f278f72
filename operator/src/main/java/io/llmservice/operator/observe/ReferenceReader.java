package io.llmservice.operator.observe;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.api.v1alpha1.SecretKeyReference;
import io.llmservice.planner.children.CustomKinds;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.decision.Reference.State;
import io.llmservice.planner.policy.Policy;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks up by name what a spec refers to and does not own. Secrets are read one at a time and never listed or kept; only
 * whether a key is there goes further.
 */
final class ReferenceReader {

    /** Node classes whose plural and version are known; others are taken as they are named. */
    private static final Map<String, ResourceDefinitionContext> NODE_CLASSES = Map.of(
            "karpenter.k8s.aws/EC2NodeClass",
                    clusterScoped("karpenter.k8s.aws", "v1", "EC2NodeClass", "ec2nodeclasses"),
            "eks.amazonaws.com/NodeClass", clusterScoped("eks.amazonaws.com", "v1", "NodeClass", "nodeclasses"),
            "karpenter.kwok.sh/KWOKNodeClass",
                    clusterScoped("karpenter.kwok.sh", "v1alpha1", "KWOKNodeClass", "kwoknodeclasses"));

    private final KubernetesClient client;
    private final Policy policy;

    ReferenceReader(KubernetesClient client, Policy policy) {
        this.client = client;
        this.policy = policy;
    }

    List<Reference> read(String namespace, LlmServiceSpec spec) {
        var references = new ArrayList<Reference>();
        var source = spec.model().source();
        if (source.huggingFace() != null && source.huggingFace().tokenSecretRef() != null) {
            references.add(secret(
                    "spec.model.source.huggingFace.tokenSecretRef",
                    namespace,
                    source.huggingFace().tokenSecretRef()));
        }
        if (source.persistentVolumeClaim() != null) {
            references.add(claim(namespace, source.persistentVolumeClaim().claimName()));
        }
        for (var variable : spec.engine().vllm().env()) {
            var field = "spec.engine.vllm.env[" + variable.name() + "]";
            if (variable.secretKeyRef() != null) {
                references.add(secret(field + ".secretKeyRef", namespace, variable.secretKeyRef()));
            }
            if (variable.configMapKeyRef() != null) {
                references.add(configMap(
                        field + ".configMapKeyRef",
                        namespace,
                        variable.configMapKeyRef().name(),
                        variable.configMapKeyRef().key()));
            }
        }
        references.addAll(traffic(namespace, spec));
        nodePool(spec).ifPresent(references::add);
        nodeClass(spec).ifPresent(references::add);
        return references;
    }

    private List<Reference> traffic(String namespace, LlmServiceSpec spec) {
        var references = new ArrayList<Reference>();
        var targets = spec.fallback() == null
                ? List.<FallbackTarget>of()
                : spec.fallback().targets();
        for (var target : targets) {
            if (target.openAi() != null && target.openAi().apiKeySecretRef() != null) {
                references.add(secret(
                        "spec.fallback.targets[" + target.name() + "].openAi.apiKeySecretRef",
                        namespace,
                        target.openAi().apiKeySecretRef()));
            }
        }
        var keys = spec.gateway().apiKeys();
        if (keys != null) {
            references.add(secret(
                    "spec.gateway.apiKeys.secretRef",
                    namespace,
                    keys.secretRef().name(),
                    Optional.empty()));
        }
        return references;
    }

    private Reference secret(String field, String namespace, SecretKeyReference wanted) {
        return secret(field, namespace, wanted.name(), Optional.of(wanted.key()));
    }

    private Reference secret(String field, String namespace, String name, Optional<String> key) {
        Optional<Secret> found =
                get(() -> client.secrets().inNamespace(namespace).withName(name).get());
        if (found.isEmpty()) {
            return new Reference(field, "Secret", name, State.MISSING, "");
        }
        var label = policy.requiredSecretLabel();
        if (label.isPresent() && !hasLabel(found.get(), label.get())) {
            return new Reference(field, "Secret", name, State.LABEL_MISSING, label.get());
        }
        var data = Objects.requireNonNullElse(found.get().getData(), Map.<String, String>of());
        return new Reference(
                field,
                "Secret",
                name,
                key.map(data::containsKey).orElse(true) ? State.PRESENT : State.KEY_MISSING,
                key.orElse(""));
    }

    private Reference configMap(String field, String namespace, String name, String key) {
        Optional<ConfigMap> found = get(
                () -> client.configMaps().inNamespace(namespace).withName(name).get());
        if (found.isEmpty()) {
            return new Reference(field, "ConfigMap", name, State.MISSING, "");
        }
        var data = Objects.requireNonNullElse(found.get().getData(), Map.<String, String>of());
        return new Reference(field, "ConfigMap", name, data.containsKey(key) ? State.PRESENT : State.KEY_MISSING, key);
    }

    private Reference claim(String namespace, String name) {
        var found = get(() -> client.persistentVolumeClaims()
                .inNamespace(namespace)
                .withName(name)
                .get());
        return new Reference(
                "spec.model.source.persistentVolumeClaim.claimName",
                "PersistentVolumeClaim",
                name,
                found.isPresent() ? State.PRESENT : State.MISSING,
                "");
    }

    private Optional<Reference> nodePool(LlmServiceSpec spec) {
        var existing = spec.compute().nodePool().existing();
        if (existing == null) {
            return Optional.empty();
        }
        var kind = CustomKinds.NODE_POOL;
        var found = get(() -> client.genericKubernetesResources(
                        clusterScoped(kind.group(), kind.version(), kind.kind(), kind.plural()))
                .withName(existing.name())
                .get());
        return Optional.of(new Reference(
                "spec.compute.nodePool.existing.name",
                kind.kind(),
                existing.name(),
                found.isPresent() ? State.PRESENT : State.MISSING,
                ""));
    }

    private Optional<Reference> nodeClass(LlmServiceSpec spec) {
        var managed = spec.compute().nodePool().managed();
        if (managed == null) {
            return Optional.empty();
        }
        var asked = managed.nodeClass();
        var field = asked == null ? "the operator's default node class" : "spec.compute.nodePool.managed.nodeClass.ref";
        return Optional.ofNullable(asked)
                .or(policy::nodeClass)
                .map(NodeClassSpec::ref)
                .flatMap(reference -> nodeClass(field, reference));
    }

    private Optional<Reference> nodeClass(String field, NodeClassReference wanted) {
        var kind = NODE_CLASSES.get(wanted.group() + "/" + wanted.kind());
        if (kind == null) {
            return Optional.empty();
        }
        var found = get(() ->
                client.genericKubernetesResources(kind).withName(wanted.name()).get());
        return Optional.of(new Reference(
                field, wanted.kind(), wanted.name(), found.isPresent() ? State.PRESENT : State.MISSING, ""));
    }

    /** Empty when it is not there; what the operator may not read is for the pod to find out. */
    private static <T extends HasMetadata> Optional<T> get(Supplier<@Nullable T> read) {
        try {
            return Optional.ofNullable(read.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static boolean hasLabel(Secret secret, String label) {
        var parts = label.split("=", 2);
        var labels = Objects.requireNonNullElse(secret.getMetadata().getLabels(), Map.<String, String>of());
        return parts.length == 2 && parts[1].equals(labels.get(parts[0]));
    }

    private static ResourceDefinitionContext clusterScoped(String group, String version, String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(false)
                .build();
    }
}
