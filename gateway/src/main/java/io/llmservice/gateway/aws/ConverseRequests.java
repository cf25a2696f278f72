package io.llmservice.gateway.aws;

import io.llmservice.gateway.translate.ConverseCall;
import io.llmservice.gateway.translate.ConverseCall.Block;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolChoice;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;

/** Calls of Converse as the SDK's requests. */
final class ConverseRequests {

    private ConverseRequests() {}

    static ConverseRequest whole(ConverseCall call, String modelId) {
        var request = ConverseRequest.builder()
                .modelId(modelId)
                .messages(messages(call))
                .inferenceConfig(inference(call.inference()));
        if (!call.system().isEmpty()) {
            request.system(system(call));
        }
        tools(call).ifPresent(request::toolConfig);
        return request.build();
    }

    static ConverseStreamRequest streamed(ConverseCall call, String modelId) {
        var request = ConverseStreamRequest.builder()
                .modelId(modelId)
                .messages(messages(call))
                .inferenceConfig(inference(call.inference()));
        if (!call.system().isEmpty()) {
            request.system(system(call));
        }
        tools(call).ifPresent(request::toolConfig);
        return request.build();
    }

    private static List<SystemContentBlock> system(ConverseCall call) {
        return call.system().stream().map(SystemContentBlock::fromText).toList();
    }

    private static List<Message> messages(ConverseCall call) {
        return call.turns().stream()
                .map(turn -> Message.builder()
                        .role(turn.user() ? ConversationRole.USER : ConversationRole.ASSISTANT)
                        .content(turn.blocks().stream()
                                .map(ConverseRequests::block)
                                .toList())
                        .build())
                .toList();
    }

    private static ContentBlock block(Block block) {
        return switch (block) {
            case Block.Text text -> ContentBlock.fromText(text.text());
            case Block.Image image ->
                ContentBlock.fromImage(picture -> picture.format(image.format())
                        .source(source -> source.bytes(SdkBytes.fromByteArrayUnsafe(
                                Base64.getMimeDecoder().decode(image.base64())))));
            case Block.ToolUse use ->
                ContentBlock.fromToolUse(
                        tool -> tool.toolUseId(use.id()).name(use.name()).input(Documents.of(use.input())));
            case Block.ToolResult result ->
                ContentBlock.fromToolResult(
                        tool -> tool.toolUseId(result.id()).content(ToolResultContentBlock.fromText(result.text())));
        };
    }

    private static InferenceConfiguration inference(ConverseCall.Inference inference) {
        var configuration = InferenceConfiguration.builder();
        inference.maxTokens().ifPresent(configuration::maxTokens);
        inference.temperature().ifPresent(value -> configuration.temperature(value.floatValue()));
        inference.topP().ifPresent(value -> configuration.topP(value.floatValue()));
        if (!inference.stopSequences().isEmpty()) {
            configuration.stopSequences(inference.stopSequences());
        }
        return configuration.build();
    }

    private static Optional<ToolConfiguration> tools(ConverseCall call) {
        if (call.tools().isEmpty()) {
            return Optional.empty();
        }
        var configuration = ToolConfiguration.builder()
                .tools(call.tools().stream().map(ConverseRequests::tool).toList());
        call.choice().ifPresent(choice -> configuration.toolChoice(choice(choice)));
        return Optional.of(configuration.build());
    }

    private static Tool tool(ConverseCall.Tool tool) {
        return Tool.fromToolSpec(specification -> {
            specification.name(tool.name()).inputSchema(ToolInputSchema.fromJson(Documents.of(tool.schema())));
            tool.description().ifPresent(specification::description);
        });
    }

    private static ToolChoice choice(ConverseCall.Choice choice) {
        return switch (choice) {
            case ConverseCall.Choice.Any any -> ToolChoice.fromAny(builder -> {});
            case ConverseCall.Choice.Named named -> ToolChoice.fromTool(builder -> builder.name(named.name()));
        };
    }
}
