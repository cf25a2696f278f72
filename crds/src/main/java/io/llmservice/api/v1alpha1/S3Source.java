package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A prefix in an S3 bucket, read by the runai streamer with the pod's own AWS identity. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record S3Source(
        @JsonPropertyDescription("Prefix that holds the checkpoint, as s3://bucket/prefix.")
        @Required
        @Size(min = 6, max = 1024)
        @Pattern("^s3://[a-z0-9][a-z0-9.-]+(/.*)?$")
        String uri,

        @JsonPropertyDescription("AWS region of the bucket; left out, that of the node.")
        @Size(min = 1, max = 32)
        @Pattern("^[a-z0-9-]+$")
        @Nullable
        String region) {}
