package io.llmservice.planner.sagemaker;

/** One call to SageMaker that changes something. */
public sealed interface Step {

    /** Makes the desired model. */
    record CreateModel() implements Step {}

    /** Makes the desired configuration. */
    record CreateConfig() implements Step {}

    /** Makes the endpoint with the desired configuration. */
    record CreateEndpoint() implements Step {}

    /** Notes on the endpoint what is to be deleted once it has the new configuration; empty names clear the note. */
    record Remember(String config, String model) implements Step {}

    /** Notes on the endpoint whether it stays when the service goes. */
    record NoteRetain(boolean retain) implements Step {}

    /** Gives the endpoint the desired configuration, without downtime. */
    record UpdateEndpoint() implements Step {}

    /** Makes the inference component. */
    record CreateComponent() implements Step {}

    /** Gives the inference component the desired model and size. */
    record UpdateComponent() implements Step {}

    record DeleteComponent(String name) implements Step {}

    record DeleteEndpoint(String name) implements Step {}

    record DeleteConfig(String name) implements Step {}

    record DeleteModel(String name) implements Step {}
}
