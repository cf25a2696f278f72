package io.llmservice.operator.sagemaker;

import io.llmservice.planner.sagemaker.DesiredEndpoint;
import io.llmservice.planner.sagemaker.DesiredNames;
import io.llmservice.planner.sagemaker.Owner;
import io.llmservice.planner.sagemaker.SeenEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointConfigResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeEndpointResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentResponse;
import software.amazon.awssdk.services.sagemaker.model.ProductionVariant;
import software.amazon.awssdk.services.sagemaker.model.Tag;

/** Reads what SageMaker has under the names of a target. */
final class SageMakerReader {

    static final String PREVIOUS_CONFIG = "llmservice.io/previous-config";
    static final String PREVIOUS_MODEL = "llmservice.io/previous-model";
    static final String RETAIN = "llmservice.io/retain";

    private final SageMakerClient client;

    SageMakerReader(SageMakerClient client) {
        this.client = client;
    }

    /** An endpoint as SageMaker describes it. */
    Optional<DescribeEndpointResponse> endpoint(String name) {
        return found(() -> client.describeEndpoint(request -> request.endpointName(name)));
    }

    Optional<DescribeInferenceComponentResponse> component(String name) {
        return found(() -> client.describeInferenceComponent(request -> request.inferenceComponentName(name)));
    }

    Map<String, String> tags(String arn) {
        return client.listTagsPaginator(request -> request.resourceArn(arn)).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    /**
     * Everything under the target's names.
     *
     * @param desired names the model and configuration to look for; absent, only what the endpoint refers to is seen
     */
    SeenEndpoint look(Owner owner, Optional<DesiredEndpoint> desired) {
        var names = DesiredNames.of(owner);
        return new SeenEndpoint(
                endpoint(names.endpoint()).map(seen -> endpoint(owner, seen)),
                desired.flatMap(wanted -> found(
                                () -> client.describeModel(request -> request.modelName(wanted.modelName())))
                        .map(seen -> new SeenEndpoint.Part(seen.modelName(), owner.owns(tags(seen.modelArn()))))),
                desired.flatMap(wanted -> config(wanted.configName())
                        .map(seen -> new SeenEndpoint.Part(
                                seen.endpointConfigName(), owner.owns(tags(seen.endpointConfigArn()))))),
                component(names.component()).map(seen -> component(owner, seen)));
    }

    private SeenEndpoint.Endpoint endpoint(Owner owner, DescribeEndpointResponse seen) {
        var tags = tags(seen.endpointArn());
        var model = config(seen.endpointConfigName()).stream()
                .flatMap(config -> config.productionVariants().stream())
                .map(ProductionVariant::modelName)
                .filter(Objects::nonNull)
                .findFirst();
        return new SeenEndpoint.Endpoint(
                owner.owns(tags),
                seen.endpointStatusAsString(),
                Objects.requireNonNullElse(seen.failureReason(), ""),
                seen.endpointConfigName(),
                model.orElse(""),
                tags.getOrDefault(PREVIOUS_CONFIG, ""),
                tags.getOrDefault(PREVIOUS_MODEL, ""),
                Boolean.parseBoolean(tags.get(RETAIN)));
    }

    private SeenEndpoint.Component component(Owner owner, DescribeInferenceComponentResponse seen) {
        var needs = seen.specification().computeResourceRequirements();
        return new SeenEndpoint.Component(
                owner.owns(tags(seen.inferenceComponentArn())),
                seen.inferenceComponentStatusAsString(),
                Objects.requireNonNullElse(seen.failureReason(), ""),
                Objects.requireNonNullElse(seen.specification().modelName(), ""),
                new DesiredEndpoint.Component(
                        Objects.requireNonNullElse(seen.runtimeConfig().desiredCopyCount(), 0),
                        Math.round(Objects.requireNonNullElse(needs.numberOfAcceleratorDevicesRequired(), 0f)),
                        Objects.requireNonNullElse(needs.minMemoryRequiredInMb(), 0)));
    }

    private Optional<DescribeEndpointConfigResponse> config(String name) {
        return found(() -> client.describeEndpointConfig(request -> request.endpointConfigName(name)));
    }

    private static <T> Optional<T> found(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (AwsServiceException e) {
            if (AwsRefusal.isAbsence(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    static List<Tag> asTags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
