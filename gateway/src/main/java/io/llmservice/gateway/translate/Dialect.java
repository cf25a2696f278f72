package io.llmservice.gateway.translate;

import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.BedrockEndpoint;
import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerTarget;

/** How a target is spoken to. */
public enum Dialect {
    CONVERSE("Bedrock, Converse"),
    BEDROCK_RUNTIME("Bedrock, OpenAi (Runtime)"),
    BEDROCK_MANTLE("Bedrock, OpenAi (Mantle)"),
    SAGEMAKER_OPEN_AI("SageMaker, OpenAi"),
    LMI("SageMaker, Lmi"),
    TGI("SageMaker, Tgi"),
    OPEN_AI("openAi, llmService");

    private final String title;

    Dialect(String title) {
        this.title = title;
    }

    /** What users know it by. */
    public String title() {
        return title;
    }

    public static Dialect of(FallbackTarget target) {
        var bedrock = target.bedrock();
        var sageMaker = target.sageMaker();
        return bedrock != null ? of(bedrock) : sageMaker != null ? of(sageMaker) : OPEN_AI;
    }

    private static Dialect of(BedrockTarget target) {
        if (target.dialect() == BedrockDialect.CONVERSE) {
            return CONVERSE;
        }
        return target.endpoint() == BedrockEndpoint.MANTLE ? BEDROCK_MANTLE : BEDROCK_RUNTIME;
    }

    private static Dialect of(SageMakerTarget target) {
        return switch (target.dialect()) {
            case OPEN_AI -> SAGEMAKER_OPEN_AI;
            case LMI -> LMI;
            case TGI -> TGI;
        };
    }
}
