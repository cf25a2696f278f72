package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret in the service's own namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretKeyReference(
        @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        String name,

        @JsonPropertyDescription("Key within the Secret.") @Default("token") @Size(min = 1, max = 253)
        String key) {
    public SecretKeyReference {
        key = key == null ? "token" : key;
    }
}
