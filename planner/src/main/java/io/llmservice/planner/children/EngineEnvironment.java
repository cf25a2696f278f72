package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.llmservice.api.v1alpha1.EnvironmentVariable;
import io.llmservice.api.v1alpha1.SecretKeyReference;
import java.util.ArrayList;
import java.util.List;

/** The environment of the engine: caches on writable volumes, tokens by reference, and what the user adds. */
final class EngineEnvironment {

    private EngineEnvironment() {}

    static List<EnvVar> of(ChildContext context) {
        var variables = new ArrayList<EnvVar>();
        // A user without a passwd entry has no home and no name: vLLM and PyTorch ask for both at import.
        variables.add(variable("HOME", EngineVolumes.HOME));
        variables.add(variable("USER", "engine"));
        variables.add(variable("HF_HOME", EngineVolumes.HOME + "/huggingface"));
        variables.add(variable("VLLM_CACHE_ROOT", EngineVolumes.HOME + "/vllm"));
        variables.add(variable("TORCHINDUCTOR_CACHE_DIR", EngineVolumes.HOME + "/torchinductor"));
        variables.add(variable("TRITON_CACHE_DIR", EngineVolumes.HOME + "/triton"));
        variables.add(variable("VLLM_NO_USAGE_STATS", "1"));
        var source = context.spec().model().source();
        if (source.huggingFace() != null && source.huggingFace().tokenSecretRef() != null) {
            variables.add(secret("HF_TOKEN", source.huggingFace().tokenSecretRef()));
        }
        if (source.s3() != null && source.s3().region() != null) {
            variables.add(variable("AWS_REGION", source.s3().region()));
        }
        context.spec().engine().vllm().env().forEach(asked -> variables.add(convert(asked)));
        return variables;
    }

    private static EnvVar variable(String name, String value) {
        return new EnvVar(name, value, null);
    }

    private static EnvVar secret(String name, SecretKeyReference reference) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef(reference.key(), reference.name(), null)
                .endValueFrom()
                .build();
    }

    private static EnvVar convert(EnvironmentVariable asked) {
        if (asked.secretKeyRef() != null) {
            return secret(asked.name(), asked.secretKeyRef());
        }
        if (asked.configMapKeyRef() != null) {
            var reference = asked.configMapKeyRef();
            return new EnvVarBuilder()
                    .withName(asked.name())
                    .withNewValueFrom()
                    .withNewConfigMapKeyRef(reference.key(), reference.name(), null)
                    .endValueFrom()
                    .build();
        }
        return new EnvVarBuilder()
                .withName(asked.name())
                .withValue(asked.value())
                .build();
    }
}
