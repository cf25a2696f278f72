package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * What should be there and what should go.
 *
 * @param apply objects to apply, in this order
 * @param prune objects of the service that nothing asks for any more, in this order
 */
public record DesiredChildren(List<HasMetadata> apply, List<HasMetadata> prune) {

    public static final DesiredChildren NONE = new DesiredChildren(List.of(), List.of());

    public DesiredChildren {
        apply = List.copyOf(apply);
        prune = List.copyOf(prune);
    }
}
