package io.llmservice.planner.fallback;

import java.util.List;
import java.util.Optional;

/**
 * What the administrator allows of fallbacks. Every entry is a pattern in which {@code *} stands for any characters, for
 * all namespaces or, written {@code namespace=pattern}, for some; an empty list allows nothing.
 *
 * @param hosts hosts of {@code openAi.url}; {@code http://host} allows plain HTTP as well, {@code 10.0.0.0/8} a range
 * @param sageMakerEndpoints names of SageMaker endpoints that are there already
 * @param bedrockModels Bedrock model ids, inference profile ids and ARNs
 * @param managed what endpoints that the operator makes may use
 */
public record FallbackLimits(
        List<String> hosts, List<String> sageMakerEndpoints, List<String> bedrockModels, Managed managed) {

    /** Nothing is allowed: a fallback spends money and carries prompts elsewhere. */
    public static final FallbackLimits NOTHING = new FallbackLimits(List.of(), List.of(), List.of(), Managed.NOTHING);

    public FallbackLimits {
        hosts = List.copyOf(hosts);
        sageMakerEndpoints = List.copyOf(sageMakerEndpoints);
        bedrockModels = List.copyOf(bedrockModels);
    }

    /**
     * What endpoints that the operator makes may use, and what they get where a spec says nothing. A default need not be
     * in its list.
     *
     * @param instanceTypes SageMaker instance types
     * @param executionRoles ARNs of roles that SageMaker assumes
     * @param images container images in ECR, without tag or digest
     * @param executionRole the default role
     * @param image the default image, with its tag
     */
    public record Managed(
            List<String> instanceTypes,
            List<String> executionRoles,
            List<String> images,
            Optional<String> executionRole,
            Optional<String> image) {

        public static final Managed NOTHING =
                new Managed(List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

        public Managed {
            instanceTypes = List.copyOf(instanceTypes);
            executionRoles = List.copyOf(executionRoles);
            images = List.copyOf(images);
        }
    }
}
