package io.llmservice.planner.sagemaker;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.api.v1alpha1.ManagedSageMakerEndpoint;
import io.llmservice.api.v1alpha1.ModelSource;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.InstanceType;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.sagemaker.DesiredEndpoint.Component;
import io.llmservice.planner.sagemaker.DesiredEndpoint.Config;
import io.llmservice.planner.sagemaker.DesiredEndpoint.Model;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From a managed target and the plan in force to what should be in AWS. */
public final class EndpointDesign {

    /** Where SageMaker copies weights to. */
    private static final String MODEL_DIRECTORY = "/opt/ml/model";

    private final FallbackLimits.Managed standard;
    private final InstanceCatalogue instances;

    public EndpointDesign(FallbackLimits.Managed standard, InstanceCatalogue instances) {
        this.standard = standard;
        this.instances = instances;
    }

    /** What came of it. */
    public sealed interface Result {

        record Possible(DesiredEndpoint endpoint) implements Result {}

        record Impossible(Reason reason, String words) implements Result {}
    }

    public Result design(Owner owner, ManagedSageMakerEndpoint managed, SageMakerDialect dialect, AcceptedPlan plan) {
        var weights = weights(managed, plan.spec().model().source());
        if (weights.isEmpty()) {
            return new Result.Impossible(
                    Reason.InvalidSpec,
                    "SageMaker cannot read the weights of spec.model.source; set managed.model to a Hugging Face repository or an s3:// prefix");
        }
        var image = Optional.ofNullable(managed.image()).or(standard::image);
        var role = Optional.ofNullable(managed.executionRole()).or(standard::executionRole);
        if (image.isEmpty() || role.isEmpty()) {
            return new Result.Impossible(Reason.InvalidSpec, "set managed.image and managed.executionRole");
        }
        boolean copied = weights.get().startsWith("s3://");
        var environment = environment(dialect, copied ? MODEL_DIRECTORY : weights.get(), gpus(managed), plan);
        var model = new Model(
                image.get(), environment, copied ? weights.map(EndpointDesign::prefix) : Optional.empty(), role.get());
        return new Result.Possible(new DesiredEndpoint(
                owner,
                model,
                config(managed, plan),
                Optional.ofNullable(managed.inferenceComponent())
                        .map(asked -> new Component(asked.copies(), asked.accelerators(), asked.memoryMiB())),
                managed.deletionPolicy() == io.llmservice.api.v1alpha1.DeletionPolicy.RETAIN));
    }

    private static Optional<String> weights(ManagedSageMakerEndpoint managed, ModelSource source) {
        if (managed.model() != null) {
            return Optional.of(managed.model());
        }
        if (source.huggingFace() != null) {
            return Optional.of(source.huggingFace().repository());
        }
        return source.s3() == null ? Optional.empty() : Optional.of(source.s3().uri());
    }

    /** Each container has words of its own for the same things. */
    private static Map<String, String> environment(
            SageMakerDialect dialect, String model, Optional<Integer> gpus, AcceptedPlan plan) {
        var context = Integer.toString(plan.plan().engine().contextLength());
        var environment = new TreeMap<String, String>();
        switch (dialect) {
            case OPEN_AI -> {
                environment.put("SM_VLLM_MODEL", model);
                environment.put("SM_VLLM_MAX_MODEL_LEN", context);
                gpus.ifPresent(count -> environment.put("SM_VLLM_TENSOR_PARALLEL_SIZE", count.toString()));
                Optional.ofNullable(plan.spec().model().name())
                        .ifPresent(name -> environment.put("SM_VLLM_SERVED_MODEL_NAME", name));
            }
            case LMI -> {
                environment.put("HF_MODEL_ID", model);
                environment.put("OPTION_MAX_MODEL_LEN", context);
                environment.put(
                        "TENSOR_PARALLEL_DEGREE", gpus.map(Object::toString).orElse("max"));
            }
            case TGI -> {
                environment.put("HF_MODEL_ID", model);
                environment.put("MAX_TOTAL_TOKENS", context);
                gpus.ifPresent(count -> environment.put("SM_NUM_GPUS", count.toString()));
            }
        }
        return environment;
    }

    private Optional<Integer> gpus(ManagedSageMakerEndpoint managed) {
        return managed.inferenceComponent() != null
                ? Optional.of(managed.inferenceComponent().accelerators())
                : type(managed).map(InstanceType::gpuCount);
    }

    /** Types with disks of their own take no volume size. */
    private Config config(ManagedSageMakerEndpoint managed, AcceptedPlan plan) {
        boolean ownDisks = type(managed).map(type -> type.host().nvmeGB() > 0).orElse(true);
        var volume = Optional.ofNullable(managed.volumeSizeGiB())
                .or(() -> ownDisks
                        ? Optional.empty()
                        : Optional.of(plan.plan().replica().volumeGiB()));
        return new Config(
                managed.instanceType(),
                managed.instanceCount(),
                volume,
                Math.toIntExact(
                        Math.clamp(ApiDuration.parse(managed.startupTimeout()).toSeconds(), 60, 3600)));
    }

    private Optional<InstanceType> type(ManagedSageMakerEndpoint managed) {
        return instances.find(managed.instanceType().replaceFirst("^ml\\.", ""));
    }

    /** SageMaker takes a prefix for a directory only with its last slash. */
    private static String prefix(String uri) {
        return uri.endsWith("/") ? uri : uri + "/";
    }
}
