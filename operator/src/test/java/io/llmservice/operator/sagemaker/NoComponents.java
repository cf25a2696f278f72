package io.llmservice.operator.sagemaker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.sagemaker.model.DescribeInferenceComponentRequest;

/** Moto has no inference components and answers 500 when asked for one; this turns that into AWS's word for absence. */
final class NoComponents implements ExecutionInterceptor {

    private static final String ABSENT =
            "{\"__type\": \"ValidationException\", \"message\": \"Could not find inference component.\"}";

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return unknown(context)
                ? context.httpResponse().toBuilder()
                        .statusCode(400)
                        .putHeader("Content-Type", "application/x-amz-json-1.1")
                        .removeHeader("Content-Length")
                        .build()
                : context.httpResponse();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return unknown(context)
                ? Optional.of(new ByteArrayInputStream(ABSENT.getBytes(StandardCharsets.UTF_8)))
                : context.responseBody();
    }

    private static boolean unknown(Context.ModifyHttpResponse context) {
        return context.request() instanceof DescribeInferenceComponentRequest
                && context.httpResponse().statusCode() >= 400;
    }
}
