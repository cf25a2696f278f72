package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A directory in a volume of the service's namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PersistentVolumeClaimSource(
        @JsonPropertyDescription("Name of the PersistentVolumeClaim.") @Required @Size(min = 1, max = 253)
        String claimName,

        @JsonPropertyDescription("Directory of the checkpoint inside the volume.")
        @Default("/")
        @Size(min = 1, max = 1024)
        @Pattern("^/[^:]*$")
        String path) {
    public PersistentVolumeClaimSource {
        path = path == null ? "/" : path;
    }
}
