package io.llmservice.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the weights come from; exactly one member is set. */
@ValidationRule(
        value =
                "(has(self.huggingFace) ? 1 : 0) + (has(self.s3) ? 1 : 0) + (has(self.persistentVolumeClaim) ? 1 : 0) + (has(self.image) ? 1 : 0) == 1",
        message = "exactly one of huggingFace, s3, persistentVolumeClaim, image must be set in model.source")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ModelSource(
        @JsonPropertyDescription("A repository on the Hugging Face hub.") @Nullable
        HuggingFaceSource huggingFace,

        @JsonPropertyDescription("A prefix in an S3 bucket, streamed to the GPU.") @Nullable
        S3Source s3,

        @JsonPropertyDescription("A directory in a volume of this namespace, mounted read-only.") @Nullable
        PersistentVolumeClaimSource persistentVolumeClaim,

        @JsonPropertyDescription(
                "A directory in an OCI image, mounted as an image volume (Kubernetes 1.35, or the ImageVolume feature gate).")
        @Nullable
        ImageSource image) {}
