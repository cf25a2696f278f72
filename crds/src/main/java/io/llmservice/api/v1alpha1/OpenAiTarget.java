package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Any service that speaks OpenAI's API. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OpenAiTarget(
        @JsonPropertyDescription(
                "Base address as SDKs take it, ending in /v1 as a rule. The administrator allows hosts.")
        @Required
        @Size(min = 8, max = 1024)
        @Pattern("^https?://[^\\s/?#@]+(/[^\\s?#]*)?$")
        String url,

        @JsonPropertyDescription("Name to send as model; left out, the service's own.")
        @Size(min = 1, max = 256)
        @Nullable
        String model,

        @JsonPropertyDescription("Key of a Secret that holds the API key, sent as a bearer token.") @Nullable
        SecretKeyReference apiKeySecretRef,

        @JsonPropertyDescription("Further request headers. Never put a secret here.") @Size(max = 16)
        Map<String, String> headers) {
    public OpenAiTarget {
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(headers));
    }
}
