package io.llmservice.operator.sagemaker;

import io.llmservice.planner.sagemaker.DesiredEndpoint;
import io.llmservice.planner.sagemaker.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.ContainerDefinition;
import software.amazon.awssdk.services.sagemaker.model.InferenceComponentSpecification;
import software.amazon.awssdk.services.sagemaker.model.ModelCompressionType;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.S3ModelDataType;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Does the steps of a plan. Every name is given, so that doing one twice is refused and never makes a second thing. */
final class SageMakerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(SageMakerWriter.class);
    private static final String VARIANT = "primary";

    private final SageMakerClient client;
    private final SageMakerReader reader;

    SageMakerWriter(SageMakerClient client, SageMakerReader reader) {
        this.client = client;
        this.reader = reader;
    }

    /** Steps that make and change. */
    void make(Step step, DesiredEndpoint desired) {
        LOG.atInfo()
                .addKeyValue("step", step.getClass().getSimpleName())
                .addKeyValue("endpoint", desired.name())
                .log("Calling SageMaker");
        switch (step) {
            case Step.CreateModel make -> createModel(desired);
            case Step.CreateConfig make -> createConfig(desired);
            case Step.CreateEndpoint make ->
                client.createEndpoint(request -> request.endpointName(desired.name())
                        .endpointConfigName(desired.configName())
                        .tags(tags(desired)));
            case Step.UpdateEndpoint change ->
                client.updateEndpoint(
                        request -> request.endpointName(desired.name()).endpointConfigName(desired.configName()));
            case Step.CreateComponent make -> createComponent(desired);
            case Step.UpdateComponent change -> updateComponent(desired);
            case Step.Remember note ->
                tagEndpoint(
                        desired,
                        Map.of(
                                SageMakerReader.PREVIOUS_CONFIG, note.config(),
                                SageMakerReader.PREVIOUS_MODEL, note.model()));
            case Step.NoteRetain note ->
                tagEndpoint(desired, Map.of(SageMakerReader.RETAIN, Boolean.toString(note.retain())));
            case Step.DeleteComponent delete -> delete(step);
            case Step.DeleteEndpoint delete -> delete(step);
            case Step.DeleteConfig delete -> delete(step);
            case Step.DeleteModel delete -> delete(step);
        }
    }

    /** Steps that delete; what has gone already is as good. */
    void delete(Step step) {
        LOG.atInfo().addKeyValue("step", step).log("Deleting from SageMaker");
        try {
            switch (step) {
                case Step.DeleteComponent gone ->
                    client.deleteInferenceComponent(request -> request.inferenceComponentName(gone.name()));
                case Step.DeleteEndpoint gone -> client.deleteEndpoint(request -> request.endpointName(gone.name()));
                case Step.DeleteConfig gone ->
                    client.deleteEndpointConfig(request -> request.endpointConfigName(gone.name()));
                case Step.DeleteModel gone -> client.deleteModel(request -> request.modelName(gone.name()));
                case Step.CreateModel make -> throw notADeletion(step);
                case Step.CreateConfig make -> throw notADeletion(step);
                case Step.CreateEndpoint make -> throw notADeletion(step);
                case Step.CreateComponent make -> throw notADeletion(step);
                case Step.UpdateEndpoint change -> throw notADeletion(step);
                case Step.UpdateComponent change -> throw notADeletion(step);
                case Step.Remember note -> throw notADeletion(step);
                case Step.NoteRetain note -> throw notADeletion(step);
            }
        } catch (AwsServiceException e) {
            if (!AwsRefusal.isAbsence(e)) {
                throw e;
            }
        }
    }

    private static IllegalArgumentException notADeletion(Step step) {
        return new IllegalArgumentException(step + " deletes nothing");
    }

    private void createModel(DesiredEndpoint desired) {
        var model = desired.model();
        var container = ContainerDefinition.builder().image(model.image()).environment(model.environment());
        model.weights()
                .ifPresent(uri -> container.modelDataSource(source -> source.s3DataSource(data -> data.s3Uri(uri)
                        .s3DataType(S3ModelDataType.S3_PREFIX)
                        .compressionType(ModelCompressionType.NONE))));
        client.createModel(request -> request.modelName(desired.modelName())
                .primaryContainer(container.build())
                .executionRoleArn(model.executionRole())
                .tags(tags(desired)));
    }

    /** With inference components the model is theirs, and the role is the configuration's. */
    private void createConfig(DesiredEndpoint desired) {
        var config = desired.config();
        var variant = ProductionVariant.builder()
                .variantName(VARIANT)
                .instanceType(config.instanceType())
                .initialInstanceCount(config.instances())
                .volumeSizeInGB(config.volumeGiB().orElse(null))
                .containerStartupHealthCheckTimeoutInSeconds(config.startupSeconds())
                .modelDataDownloadTimeoutInSeconds(config.startupSeconds());
        if (desired.component().isEmpty()) {
            variant.modelName(desired.modelName());
        }
        client.createEndpointConfig(request -> request.endpointConfigName(desired.configName())
                .productionVariants(variant.build())
                .executionRoleArn(
                        desired.component().isPresent() ? desired.model().executionRole() : null)
                .tags(tags(desired)));
    }

    private void createComponent(DesiredEndpoint desired) {
        client.createInferenceComponent(request -> request.inferenceComponentName(desired.componentName())
                .endpointName(desired.name())
                .variantName(VARIANT)
                .specification(specification(desired))
                .runtimeConfig(runtime -> runtime.copyCount(copies(desired)))
                .tags(tags(desired)));
    }

    private void updateComponent(DesiredEndpoint desired) {
        client.updateInferenceComponent(request -> request.inferenceComponentName(desired.componentName())
                .specification(specification(desired))
                .runtimeConfig(runtime -> runtime.copyCount(copies(desired))));
    }

    private static int copies(DesiredEndpoint desired) {
        return desired.component().map(DesiredEndpoint.Component::copies).orElse(0);
    }

    private static InferenceComponentSpecification specification(DesiredEndpoint desired) {
        var size = desired.component().orElseThrow();
        return InferenceComponentSpecification.builder()
                .modelName(desired.modelName())
                .computeResourceRequirements(
                        needs -> needs.numberOfAcceleratorDevicesRequired((float) size.accelerators())
                                .minMemoryRequiredInMb(size.memoryMiB()))
                .build();
    }

    private void tagEndpoint(DesiredEndpoint desired, Map<String, String> tags) {
        reader.endpoint(desired.name())
                .ifPresent(endpoint -> client.addTags(
                        request -> request.resourceArn(endpoint.endpointArn()).tags(SageMakerReader.asTags(tags))));
    }

    private static List<Tag> tags(DesiredEndpoint desired) {
        var tags = new TreeMap<>(desired.owner().tags());
        tags.put(SageMakerReader.RETAIN, Boolean.toString(desired.retain()));
        return SageMakerReader.asTags(tags);
    }
}
