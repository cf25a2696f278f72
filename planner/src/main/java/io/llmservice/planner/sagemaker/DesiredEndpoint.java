package io.llmservice.planner.sagemaker;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a managed target should look like in AWS.
 *
 * @param owner whose it is
 * @param model the model
 * @param config what the endpoint runs on
 * @param component the inference component, if the model is one
 * @param retain whether it stays when the service goes
 */
public record DesiredEndpoint(Owner owner, Model model, Config config, Optional<Component> component, boolean retain) {

    /** Name of the endpoint; it never changes, so there can be no second one. */
    public String name() {
        return owner.base();
    }

    /** The name holds a hash of the content: what has the name has the content, for SageMaker cannot change a model. */
    public String modelName() {
        return owner.base() + "-m" + Owner.hash(model.toString(), 10);
    }

    /** The same for the configuration, with its model; a component brings the model by itself. */
    public String configName() {
        var runs = component.isPresent() ? model.executionRole() : modelName();
        return owner.base() + "-c" + Owner.hash(config + runs, 10);
    }

    public String componentName() {
        return DesiredNames.component(name());
    }

    /**
     * A model.
     *
     * @param image container image
     * @param environment variables of the container
     * @param weights s3:// prefix that SageMaker copies to /opt/ml/model
     * @param executionRole ARN of the role that SageMaker assumes
     */
    public record Model(String image, Map<String, String> environment, Optional<String> weights, String executionRole) {

        public Model {
            // Sorted, because the text of it becomes part of a name.
            environment = java.util.Collections.unmodifiableMap(new TreeMap<>(environment));
        }
    }

    /**
     * What an endpoint runs on.
     *
     * @param instanceType SageMaker instance type
     * @param instances how many
     * @param volumeGiB size of the volume; absent where the type has disks of its own
     * @param startupSeconds how long the container may take to its first health check
     */
    public record Config(String instanceType, int instances, Optional<Integer> volumeGiB, int startupSeconds) {}

    /**
     * An inference component.
     *
     * @param copies copies of the model
     * @param accelerators GPUs of each
     * @param memoryMiB memory of each
     */
    public record Component(int copies, int accelerators, int memoryMiB) {}
}
