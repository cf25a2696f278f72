package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.EnvironmentVariable;
import io.llmservice.api.v1alpha1.OnlineQuantization;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.vllm.EngineEnvironment;
import io.llmservice.planner.vllm.EngineFeature;
import io.llmservice.planner.vllm.EngineVersion;
import io.llmservice.planner.vllm.ExtraArgs;
import java.util.Optional;

/** What the named version of vLLM would refuse, and arguments that are not the user's to set. */
final class EngineChecks {

    private EngineChecks() {}

    static Optional<Problem> version(Input input) {
        var text = versionText(input);
        var version = EngineVersion.tryParse(text);
        if (version.isEmpty() || !version.get().isSupported()) {
            return Optional.of(new Problem(
                    Reason.InvalidSpec,
                    "spec.engine.vllm.version: %s is not a vLLM version from %s to %s; name the one in the image"
                            .formatted(text, EngineVersion.OLDEST, EngineVersion.NEWEST)));
        }
        boolean bitsandbytes = input.spec().model().quantization() == Quantization.BITSANDBYTES
                || input.spec().engine().vllm().onlineQuantization() == OnlineQuantization.BITSANDBYTES;
        return bitsandbytes && !version.get().has(EngineFeature.BUILT_IN_BITSANDBYTES)
                ? Optional.of(new Problem(
                        Reason.InvalidSpec,
                        "spec.engine.vllm.version: vLLM %s has no bitsandbytes (it left the core after 0.27); use 0.27, another quantization, or an image with vllm-bnb-plugin and its version"
                                .formatted(version.get())))
                : Optional.empty();
    }

    static Optional<Problem> arguments(Input input) {
        var version = EngineVersion.parse(versionText(input));
        return ExtraArgs.findings(
                        input.spec().engine().vllm().extraArgs(),
                        version,
                        input.policy().allowed().engineFlags())
                .stream()
                .findFirst()
                .map(finding -> new Problem(
                        Reason.ArgumentRefused,
                        "spec.engine.vllm.extraArgs[%d]: %s".formatted(finding.index(), finding.message())));
    }

    static Optional<Problem> environment(Input input) {
        var names = input.spec().engine().vllm().env().stream()
                .map(EnvironmentVariable::name)
                .toList();
        return EngineEnvironment.findings(names, input.policy().allowed().environment()).stream()
                .findFirst()
                .map(finding -> new Problem(Reason.ArgumentRefused, "spec.engine.vllm.env: " + finding.message()));
    }

    private static String versionText(Input input) {
        var asked = input.spec().engine().vllm().version();
        return asked == null ? input.policy().engine().version() : asked;
    }
}
