package io.llmservice.planner.sagemaker;

import java.util.Optional;

/**
 * What is in AWS under the names of a managed target.
 *
 * @param endpoint the endpoint
 * @param model the desired model
 * @param config the desired configuration
 * @param component the inference component
 */
public record SeenEndpoint(
        Optional<Endpoint> endpoint, Optional<Part> model, Optional<Part> config, Optional<Component> component) {

    /** Nothing is there. */
    public static final SeenEndpoint NOTHING =
            new SeenEndpoint(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Something whose name says all about it. */
    public record Part(String name, boolean ours) {}

    /**
     * An endpoint.
     *
     * @param ours whether it carries the owner's tags
     * @param status SageMaker's word
     * @param failure why SageMaker gave up, empty if it did not
     * @param config name of its configuration
     * @param model name of the configuration's model, empty if there is none or the configuration has gone
     * @param previous configuration that it had before and that is still to be deleted, empty if none
     * @param previousModel the model of that
     * @param retain whether its tags say that it stays when the service goes
     */
    public record Endpoint(
            boolean ours,
            String status,
            String failure,
            String config,
            String model,
            String previous,
            String previousModel,
            boolean retain) {}

    /**
     * An inference component.
     *
     * @param ours whether it carries the owner's tags
     * @param status SageMaker's word
     * @param failure why SageMaker gave up, empty if it did not
     * @param model name of its model
     * @param size what it has
     */
    public record Component(
            boolean ours, String status, String failure, String model, DesiredEndpoint.Component size) {}
}
