package io.llmservice.standins.sagemaker;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Each action of the API, from its request to its answer. */
final class SageMakerActions {

    private static final double CREATED = 1.7e9;

    private final SageMakerState state;

    SageMakerActions(SageMakerState state) {
        this.state = state;
    }

    ObjectNode answer(String action, ObjectNode request) {
        return switch (action) {
            case "CreateModel" -> made("ModelArn", create(SageMakerState.MODEL, "ModelName", request));
            case "CreateEndpointConfig" ->
                made("EndpointConfigArn", create(SageMakerState.CONFIG, "EndpointConfigName", request));
            case "CreateEndpoint" -> {
                state.get(
                        SageMakerState.CONFIG,
                        request.path("EndpointConfigName").asText());
                yield made("EndpointArn", create(SageMakerState.ENDPOINT, "EndpointName", request));
            }
            case "CreateInferenceComponent" -> {
                inService(request);
                yield made(
                        "InferenceComponentArn", create(SageMakerState.COMPONENT, "InferenceComponentName", request));
            }
            case "UpdateEndpoint" -> {
                state.get(
                        SageMakerState.CONFIG,
                        request.path("EndpointConfigName").asText());
                yield made("EndpointArn", update(SageMakerState.ENDPOINT, "EndpointName", request));
            }
            case "UpdateInferenceComponent" ->
                made("InferenceComponentArn", update(SageMakerState.COMPONENT, "InferenceComponentName", request));
            case "DescribeModel" -> describe(SageMakerState.MODEL, "ModelName", "ModelArn", request);
            case "DescribeEndpointConfig" ->
                describe(SageMakerState.CONFIG, "EndpointConfigName", "EndpointConfigArn", request);
            case "DescribeEndpoint" -> endpoint(request);
            case "DescribeInferenceComponent" -> component(request);
            case "DeleteModel" -> delete(SageMakerState.MODEL, "ModelName", request);
            case "DeleteEndpointConfig" -> delete(SageMakerState.CONFIG, "EndpointConfigName", request);
            case "DeleteEndpoint" -> delete(SageMakerState.ENDPOINT, "EndpointName", request);
            case "DeleteInferenceComponent" -> delete(SageMakerState.COMPONENT, "InferenceComponentName", request);
            case "AddTags" -> {
                state.tag(request.path("ResourceArn").asText(), request.path("Tags"));
                yield state.tags(request.path("ResourceArn").asText());
            }
            case "ListTags" -> state.tags(request.path("ResourceArn").asText());
            default -> throw new Refusal("UnknownOperationException", action);
        };
    }

    private void inService(ObjectNode request) {
        var endpoint =
                state.get(SageMakerState.ENDPOINT, request.path("EndpointName").asText());
        if (!endpoint.status.equals("InService")) {
            throw new Refusal("ValidationException", "Endpoint %s is not InService.".formatted(endpoint.arn()));
        }
    }

    private Thing create(String kind, String nameField, ObjectNode request) {
        return state.create(kind, request.path(nameField).asText(), request);
    }

    private Thing update(String kind, String nameField, ObjectNode request) {
        return state.update(kind, request.path(nameField).asText(), request);
    }

    private ObjectNode delete(String kind, String nameField, ObjectNode request) {
        state.delete(kind, request.path(nameField).asText());
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode endpoint(ObjectNode request) {
        var answer = describe(SageMakerState.ENDPOINT, "EndpointName", "EndpointArn", request);
        var thing =
                state.get(SageMakerState.ENDPOINT, request.path("EndpointName").asText());
        return stated(answer.put("EndpointStatus", thing.status).put("LastModifiedTime", CREATED), thing);
    }

    private ObjectNode component(ObjectNode request) {
        var answer = describe(SageMakerState.COMPONENT, "InferenceComponentName", "InferenceComponentArn", request);
        var thing = state.get(
                SageMakerState.COMPONENT, request.path("InferenceComponentName").asText());
        answer.put("InferenceComponentStatus", thing.status).put("LastModifiedTime", CREATED);
        int copies = thing.body.at("/RuntimeConfig/CopyCount").asInt();
        answer.putObject("RuntimeConfig").put("DesiredCopyCount", copies).put("CurrentCopyCount", copies);
        return stated(answer, thing);
    }

    private static ObjectNode stated(ObjectNode answer, Thing thing) {
        return thing.failure.isEmpty() ? answer : answer.put("FailureReason", thing.failure);
    }

    private ObjectNode describe(String kind, String nameField, String arnField, ObjectNode request) {
        var thing = state.get(kind, request.path(nameField).asText());
        return thing.body.deepCopy().put(arnField, thing.arn()).put("CreationTime", CREATED);
    }

    private static ObjectNode made(String arnField, Thing thing) {
        return JsonNodeFactory.instance.objectNode().put(arnField, thing.arn());
    }
}
