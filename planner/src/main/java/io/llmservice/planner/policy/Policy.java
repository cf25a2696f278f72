package io.llmservice.planner.policy;

import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.fallback.FallbackPolicy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator's administrator allows an LlmService to use, and what it gets when it says nothing. Lists hold
 * names in which {@code *} stands for any characters; an empty list allows nothing but the default.
 *
 * @param allowed names that a spec may use
 * @param engine the image and version that a spec gets which names none
 * @param nodeClass how nodes are made where a spec does not say; absent if the administrator gave none
 * @param maxGpusPerNamespace GPUs that the services of one namespace may ask for together
 * @param requiredSecretLabel label, as {@code key=value}, that a Secret must carry before a spec may refer to it
 * @param fallback what a spec may fall back to
 */
public record Policy(
        Allowed allowed,
        EngineDefaults engine,
        Optional<NodeClassSpec> nodeClass,
        int maxGpusPerNamespace,
        Optional<String> requiredSecretLabel,
        FallbackPolicy fallback) {

    /**
     * Names that a spec may use.
     *
     * @param images container images, engine and model alike, without tag or digest
     * @param instanceTypes EC2 instance types
     * @param serviceAccounts ServiceAccounts of the service's namespace
     * @param roles IAM roles and instance profiles for nodes
     * @param nodeClasses node classes as {@code group/kind/name}
     * @param engineFlags vLLM flags that run code or read files
     * @param environment environment variables that change what code runs
     */
    public record Allowed(
            List<String> images,
            List<String> instanceTypes,
            List<String> serviceAccounts,
            List<String> roles,
            List<String> nodeClasses,
            Set<String> engineFlags,
            Set<String> environment) {

        public Allowed {
            images = List.copyOf(images);
            instanceTypes = List.copyOf(instanceTypes);
            serviceAccounts = List.copyOf(serviceAccounts);
            roles = List.copyOf(roles);
            nodeClasses = List.copyOf(nodeClasses);
            engineFlags = Set.copyOf(engineFlags);
            environment = Set.copyOf(environment);
        }
    }

    /**
     * What a spec gets which names no engine image.
     *
     * @param image repository without tag; the version becomes the tag
     * @param version vLLM version
     */
    public record EngineDefaults(String image, String version) {}

    /** The defaults of a fresh installation: the official image, every instance type, nothing privileged. */
    public static Policy safeDefaults() {
        return new Policy(
                new Allowed(
                        List.of("vllm/vllm-openai", "docker.io/vllm/vllm-openai"),
                        List.of("*"),
                        List.of(),
                        List.of(),
                        List.of(),
                        Set.of(),
                        Set.of()),
                new EngineDefaults("vllm/vllm-openai", "0.32.0"),
                Optional.empty(),
                64,
                Optional.empty(),
                FallbackPolicy.of(FallbackLimits.NOTHING));
    }

    /** Whether a name matches one of the allowed patterns. */
    public static boolean allows(List<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    private static boolean matches(String pattern, String name) {
        var parts = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(parts, Pattern.DOTALL).matcher(name).matches();
    }
}
