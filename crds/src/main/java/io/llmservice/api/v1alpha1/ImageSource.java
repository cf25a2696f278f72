package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A directory in an OCI image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageSource(
        @JsonPropertyDescription("Image reference; the administrator allows registries.")
        @Required
        @Size(min = 1, max = 512)
        String reference,

        @JsonPropertyDescription("Directory of the checkpoint inside the image.")
        @Default("/")
        @Size(min = 1, max = 1024)
        @Pattern("^/[^:]*$")
        String path) {
    public ImageSource {
        path = path == null ? "/" : path;
    }
}
