package io.llmservice.planner;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Which LlmService an object belongs to. The UID tells a service from one of the same name that was deleted.
 *
 * @param namespace namespace of the LlmService
 * @param name name of the LlmService
 * @param uid UID of the LlmService
 */
public record Identity(String namespace, String name, String uid) {

    public static Identity of(HasMetadata service) {
        var metadata = service.getMetadata();
        return new Identity(metadata.getNamespace(), metadata.getName(), metadata.getUid());
    }
}
