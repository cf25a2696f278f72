package io.llmservice.planner.sagemaker;

import java.util.ArrayList;
import java.util.List;

/**
 * The names under which a target has something in AWS, known without its spec.
 *
 * @param endpoint the endpoint
 * @param component the inference component
 */
public record DesiredNames(String endpoint, String component) {

    public static DesiredNames of(Owner owner) {
        return new DesiredNames(owner.base(), component(owner.base()));
    }

    /** Name of the inference component of an endpoint. */
    public static String component(String endpoint) {
        return endpoint + "-i";
    }

    /** Deletion of what an endpoint is made of; only names that the operator gives. */
    List<Step> parts(SeenEndpoint.Endpoint seen) {
        var steps = new ArrayList<Step>();
        for (var model : List.of(seen.model(), seen.previousModel())) {
            if (model.startsWith(endpoint + "-m")) {
                steps.add(new Step.DeleteModel(model));
            }
        }
        for (var config : List.of(seen.config(), seen.previous())) {
            if (config.startsWith(endpoint + "-c")) {
                steps.add(new Step.DeleteConfig(config));
            }
        }
        return steps;
    }
}
