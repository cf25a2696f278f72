package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One environment variable of the engine, by value or from a Secret or ConfigMap of this namespace. */
@ValidationRule(
        value =
                "(has(self.value) ? 1 : 0) + (has(self.secretKeyRef) ? 1 : 0) + (has(self.configMapKeyRef) ? 1 : 0) == 1",
        message = "an entry of engine.vllm.env needs exactly one of value, secretKeyRef, configMapKeyRef")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EnvironmentVariable(
        @JsonPropertyDescription("Name of the variable.")
        @Required
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        String name,

        @JsonPropertyDescription("Its value.") @Size(max = 4096) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        String value,

        @JsonPropertyDescription("Takes the value from a Secret of this namespace.") @Nullable
        SecretKeyReference secretKeyRef,

        @JsonPropertyDescription("Takes the value from a ConfigMap of this namespace.") @Nullable
        ConfigMapKeyReference configMapKeyRef) {}
