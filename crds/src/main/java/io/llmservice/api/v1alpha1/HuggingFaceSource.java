package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A repository on the Hugging Face hub. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HuggingFaceSource(
        @JsonPropertyDescription("Repository as owner/name, for example Qwen/Qwen2.5-7B-Instruct.")
        @Required
        @Size(min = 1, max = 200)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)?$")
        String repository,

        @JsonPropertyDescription("Branch, tag or commit; left out, the repository's default branch.")
        @Size(min = 1, max = 200)
        @Pattern("^[A-Za-z0-9][A-Za-z0-9._/-]*$")
        @Nullable
        String revision,

        @JsonPropertyDescription(
                "Secret of this namespace that holds the access token for a gated or private repository.")
        @Nullable
        SecretKeyReference tokenSecretRef) {}
