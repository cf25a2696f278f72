package io.llmservice.gateway.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.llmservice.api.v1alpha1.LlmService;

/** How the API server is asked for LlmServices without asking it first which kinds it has. */
final class LlmServices {

    static final ResourceDefinitionContext CONTEXT = new ResourceDefinitionContext.Builder()
            .withGroup(LlmService.GROUP)
            .withVersion(LlmService.VERSION)
            .withKind(LlmService.KIND)
            .withPlural("llmservices")
            .withNamespaced(true)
            .build();

    private LlmServices() {}
}
