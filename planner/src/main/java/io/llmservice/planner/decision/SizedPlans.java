package io.llmservice.planner.decision;

import io.llmservice.api.v1alpha1.KvCacheDataType;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.api.v1alpha1.OnlineQuantization;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.CacheType;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.policy.Policy;
import io.llmservice.planner.sizing.Candidates;
import io.llmservice.planner.sizing.EngineGeneration;
import io.llmservice.planner.sizing.EngineLimits;
import io.llmservice.planner.sizing.InstanceChoice;
import io.llmservice.planner.sizing.InstanceChooser;
import io.llmservice.planner.sizing.Precision;
import io.llmservice.planner.sizing.ReplicaOverrides;
import io.llmservice.planner.sizing.SizingRequest;
import io.llmservice.planner.sizing.Workload;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans from the catalogues: asks the sizing which instances carry the model, and writes the answer down as a plan. */
public final class SizedPlans implements PlanSource {

    private final ModelLookup models;
    private final InstanceChooser chooser;
    private final Policy policy;

    public SizedPlans(ModelCatalogue models, InstanceCatalogue instances, Policy policy) {
        this.models = new ModelLookup(models);
        this.chooser = new InstanceChooser(instances);
        this.policy = policy;
    }

    @Override
    public Result plan(LlmServiceSpec spec) {
        return switch (models.find(spec.model())) {
            case ModelLookup.Result.Unknown unknown -> new Result.Refused(unknown.problem());
            case ModelLookup.Result.Found found -> choose(spec, found);
        };
    }

    private Result choose(LlmServiceSpec spec, ModelLookup.Result.Found found) {
        return switch (chooser.choose(request(spec, found), candidates(spec))) {
            case InstanceChoice.Chosen chosen ->
                new Result.Planned(PlanWriter.write(chosen, found, image(spec), version(spec), nodeClass(spec)));
            case InstanceChoice.NothingFits nothing ->
                new Result.Refused(new Problem(Reason.NothingFits, "spec.compute: " + nothing.message()));
            case InstanceChoice.Refused refused ->
                new Result.Refused(new Problem(
                        Reason.InvalidSpec,
                        refused.badInput().field() + ": " + refused.badInput().message()));
        };
    }

    private SizingRequest request(LlmServiceSpec spec, ModelLookup.Result.Found found) {
        var vllm = spec.engine().vllm();
        var compute = spec.compute();
        return SizingRequest.of(found.facts())
                .withPrecision(new Precision(
                        spec.model().dataType(),
                        vllm.kvCacheDataType() == KvCacheDataType.FP8 ? CacheType.FP8 : CacheType.AUTO,
                        online(vllm.onlineQuantization())))
                .withLimits(new EngineLimits(
                        spec.model().contextLength(),
                        vllm.maxConcurrentRequests(),
                        vllm.maxBatchedTokens(),
                        vllm.gpuMemoryUtilization()))
                .withEngine(EngineGeneration.of(version(spec)))
                .withWorkload(new Workload(
                        spec.workload().inputTokens(),
                        spec.workload().outputTokens(),
                        spec.workload().concurrency()))
                .withOverrides(new ReplicaOverrides(
                        compute.gpusPerReplica(), millis(compute.cpu()), mebibytes(compute.memory())));
    }

    private Candidates candidates(LlmServiceSpec spec) {
        var compute = spec.compute();
        return new Candidates(
                compute.instanceFamilies(),
                compute.instanceTypes(),
                compute.capacityTypes(),
                spec.scaling().minReplicas(),
                type -> Policy.allows(policy.allowed().instanceTypes(), type));
    }

    /** The image as asked, or the administrator's for the version. */
    private String image(LlmServiceSpec spec) {
        var asked = spec.engine().vllm().image();
        return asked == null ? policy.engine().image() + ":v" + tag(version(spec)) : asked;
    }

    /** Releases are tagged with all three parts; a plus sign is not possible in a tag. */
    private static String tag(String version) {
        return (version.matches("\\d+\\.\\d+") ? version + ".0" : version).replace('+', '-');
    }

    private String version(LlmServiceSpec spec) {
        var asked = spec.engine().vllm().version();
        return (asked == null ? policy.engine().version() : asked).strip().replaceFirst("^v", "");
    }

    private @Nullable NodeClassSpec nodeClass(LlmServiceSpec spec) {
        var managed = spec.compute().nodePool().managed();
        if (managed == null) {
            return null;
        }
        return managed.nodeClass() == null ? policy.nodeClass().orElse(null) : managed.nodeClass();
    }

    private static @Nullable Quantization online(@Nullable OnlineQuantization asked) {
        return asked == null
                ? null
                : switch (asked) {
                    case FP8 -> Quantization.FP8;
                    case BITSANDBYTES -> Quantization.BITSANDBYTES;
                };
    }

    private static @Nullable Integer millis(@Nullable String quantity) {
        return amount(quantity).map(cores -> scaled(cores, 1000)).orElse(null);
    }

    private static @Nullable Integer mebibytes(@Nullable String quantity) {
        return amount(quantity)
                .map(bytes -> bytes.divide(BigDecimal.valueOf(1L << 20)))
                .map(mebibytes -> scaled(mebibytes, 1))
                .orElse(null);
    }

    private static Optional<BigDecimal> amount(@Nullable String quantity) {
        return quantity == null
                ? Optional.empty()
                : Optional.of(new io.fabric8.kubernetes.api.model.Quantity(quantity).getNumericalAmount());
    }

    private static int scaled(BigDecimal amount, int factor) {
        return amount.multiply(BigDecimal.valueOf(factor))
                .setScale(0, java.math.RoundingMode.CEILING)
                .max(BigDecimal.ONE)
                .min(BigDecimal.valueOf(Integer.MAX_VALUE))
                .intValueExact();
    }
}
