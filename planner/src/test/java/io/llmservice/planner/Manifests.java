package io.llmservice.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;

/** LlmServices from YAML, as the operator reads them from an API server. */
public final class Manifests {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Manifests() {}

    /** A whole manifest; an unknown field is an error. */
    public static LlmService service(String yaml) {
        return read(yaml, LlmService.class);
    }

    /** The service {@code chat} in namespace {@code team} with this spec. */
    public static LlmService withSpec(String specYaml) {
        return chat(read(specYaml, LlmServiceSpec.class));
    }

    /** The service {@code chat} in namespace {@code team}. */
    public static LlmService chat(LlmServiceSpec spec) {
        var service = service("""
                metadata:
                  namespace: team
                  name: chat
                  uid: 6b1f2d0e-9a52-4c4f-8f0e-3d5d7a3f0001
                  generation: 1
                  creationTimestamp: "2026-11-01T10:00:00Z"
                """);
        service.setSpec(spec);
        return service;
    }

    /** Any document of the API. */
    public static <T> T read(String yaml, Class<T> type) {
        try {
            return YAML.readValue(yaml, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage() + " in\n" + yaml, e);
        }
    }
}
