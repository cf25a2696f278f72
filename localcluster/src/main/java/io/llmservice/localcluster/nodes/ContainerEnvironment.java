package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Resolves a container's variables and arguments as kubelet does: references, fields and {@code $(NAME)}. */
final class ContainerEnvironment {
    private static final Pattern EXPANSION = Pattern.compile("\\$\\$|\\$\\(([^()$]+)\\)");
    private static final Pattern FIELD_KEY = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)']");

    private final Pod pod;
    private final String address;
    private final References references;
    private final Map<String, String> resolved = new LinkedHashMap<>();

    private ContainerEnvironment(Pod pod, String address, References references) {
        this.pod = pod;
        this.address = address;
        this.references = references;
    }

    /** Reads the objects in the pod's namespace that variables refer to; empty if there is none of that name. */
    interface References {
        Optional<Map<String, String>> configMap(String name);

        Optional<Map<String, String>> secret(String name);
    }

    /** The variables, or why the container cannot be created yet. */
    sealed interface Resolution {
        record Resolved(Map<String, String> variables) implements Resolution {}

        record Missing(String message) implements Resolution {}
    }

    /** Something that a variable refers to is not there; caught where the resolution is made. */
    private static final class MissingReference extends RuntimeException {
        MissingReference(String message) {
            super(message, null, false, false);
        }
    }

    static Resolution resolve(Container container, Pod pod, String address, References references) {
        ContainerEnvironment environment = new ContainerEnvironment(pod, address, references);
        try {
            container.getEnvFrom().forEach(environment::addAll);
            container.getEnv().forEach(variable -> environment.add(container, variable));
            return new Resolution.Resolved(environment.resolved);
        } catch (MissingReference missing) {
            return new Resolution.Missing(String.valueOf(missing.getMessage()));
        }
    }

    /**
     * Replaces {@code $(NAME)} by the variable's value; {@code $$} stands for a dollar sign, and a name that is not known
     * stays as it is.
     */
    static String expand(String text, Map<String, String> variables) {
        return EXPANSION.matcher(text).replaceAll(found -> {
            String name = found.group(1);
            String value = name == null ? "$" : variables.getOrDefault(name, found.group());
            return Matcher.quoteReplacement(value);
        });
    }

    static List<String> expand(List<String> texts, Map<String, String> variables) {
        return texts.stream().map(text -> expand(text, variables)).toList();
    }

    private void addAll(EnvFromSource source) {
        String prefix = Optional.ofNullable(source.getPrefix()).orElse("");
        Map<String, String> data = Map.of();
        if (source.getConfigMapRef() != null) {
            String name = source.getConfigMapRef().getName();
            data = required(references.configMap(name), source.getConfigMapRef().getOptional(), "configmap", name);
        } else if (source.getSecretRef() != null) {
            String name = source.getSecretRef().getName();
            data = required(references.secret(name), source.getSecretRef().getOptional(), "secret", name);
        }
        data.forEach((key, value) -> resolved.put(prefix + key, value));
    }

    private static Map<String, String> required(
            Optional<Map<String, String>> data, Boolean optional, String kind, String name) {
        if (data.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw new MissingReference("%s \"%s\" not found".formatted(kind, name));
        }
        return data.orElse(Map.of());
    }

    private void add(Container container, EnvVar variable) {
        EnvVarSource source = variable.getValueFrom();
        if (source == null) {
            String value = Optional.ofNullable(variable.getValue()).orElse("");
            resolved.put(variable.getName(), expand(value, resolved));
        } else {
            value(container, source).ifPresent(value -> resolved.put(variable.getName(), value));
        }
    }

    private Optional<String> value(Container container, EnvVarSource source) {
        if (source.getSecretKeyRef() != null) {
            var key = source.getSecretKeyRef();
            return key(
                    required(references.secret(key.getName()), key.getOptional(), "secret", key.getName()),
                    key.getKey(),
                    key.getOptional(),
                    "Secret",
                    key.getName());
        }
        if (source.getConfigMapKeyRef() != null) {
            var key = source.getConfigMapKeyRef();
            return key(
                    required(references.configMap(key.getName()), key.getOptional(), "configmap", key.getName()),
                    key.getKey(),
                    key.getOptional(),
                    "ConfigMap",
                    key.getName());
        }
        if (source.getFieldRef() != null) {
            return Optional.of(field(source.getFieldRef().getFieldPath()));
        }
        if (source.getResourceFieldRef() != null) {
            return Optional.of(resource(container, source.getResourceFieldRef()));
        }
        return Optional.empty();
    }

    private Optional<String> key(Map<String, String> data, String key, Boolean optional, String kind, String name) {
        if (!data.containsKey(key) && !Boolean.TRUE.equals(optional)) {
            throw new MissingReference("couldn't find key %s in %s %s/%s"
                    .formatted(key, kind, pod.getMetadata().getNamespace(), name));
        }
        return Optional.ofNullable(data.get(key));
    }

    private String field(String path) {
        Matcher keyed = FIELD_KEY.matcher(path);
        if (keyed.matches()) {
            Map<String, String> map = keyed.group(1).equals("labels")
                    ? pod.getMetadata().getLabels()
                    : pod.getMetadata().getAnnotations();
            return map == null ? "" : map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "spec.nodeName" -> pod.getSpec().getNodeName();
            case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
            case "status.podIP", "status.podIPs" -> address;
            case "status.hostIP", "status.hostIPs" -> "127.0.0.1";
            default -> throw new MissingReference("unsupported fieldPath: " + path);
        };
    }

    private static String resource(Container container, ResourceFieldSelector selector) {
        String[] path = selector.getResource().split("\\.", 2);
        Map<String, Quantity> quantities = switch (path[0]) {
            case "limits" -> container.getResources().getLimits();
            case "requests" -> container.getResources().getRequests();
            default -> throw new MissingReference("unsupported container resource: " + selector.getResource());
        };
        Quantity quantity = quantities == null || path.length < 2 ? null : quantities.get(path[1]);
        if (quantity == null) {
            throw new MissingReference("container resource " + selector.getResource() + " is not set");
        }
        Quantity divisor = selector.getDivisor() == null
                        || selector.getDivisor().getNumericalAmount().signum() == 0
                ? new Quantity("1")
                : selector.getDivisor();
        return quantity.getNumericalAmount()
                .divide(divisor.getNumericalAmount(), 0, RoundingMode.CEILING)
                .toPlainString();
    }
}
