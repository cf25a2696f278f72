package io.llmservice.planner.sizing;

import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.WeightFormat;
import org.jspecify.annotations.Nullable;

/** Everything that decides how much one replica needs, and nothing else. */
public record SizingRequest(
        ModelFacts model,
        Precision precision,
        EngineLimits limits,
        EngineGeneration engine,
        Workload workload,
        ReplicaOverrides overrides) {
    /** The context when none is asked, if the model has that much. */
    public static final int DEFAULT_CONTEXT = 8192;

    /** A request with every default: newest engine, default workload, nothing fixed. */
    public static SizingRequest of(ModelFacts model) {
        return new SizingRequest(
                model,
                Precision.DEFAULT,
                EngineLimits.DEFAULT,
                EngineGeneration.V1_FROM_0_21,
                Workload.DEFAULT,
                ReplicaOverrides.NONE);
    }

    public Architecture architecture() {
        return model.architecture();
    }

    /** The asked context, else the smaller of the model's maximum and 8,192. */
    public int context() {
        @Nullable Integer asked = limits.contextLength();
        if (asked != null) {
            return asked;
        }
        @Nullable Integer maximum = architecture().maximumContext();
        return maximum == null ? DEFAULT_CONTEXT : Math.min(maximum, DEFAULT_CONTEXT);
    }

    /** The format of the weights once they serve. */
    public WeightFormat served() {
        return precision.served(model.checkpoint());
    }

    /** GiB of the checkpoint as it is stored and read. */
    public double checkpointGiB() {
        return architecture().weightBytes(model.checkpoint(), precision.dataType()) / Figures.GIB;
    }

    /** GiB of the weights once they serve, before they are dealt to GPUs. */
    public double servedGiB() {
        return architecture().weightBytes(served(), precision.dataType()) / Figures.GIB;
    }

    public SizingRequest withModel(ModelFacts other) {
        return new SizingRequest(other, precision, limits, engine, workload, overrides);
    }

    public SizingRequest withPrecision(Precision other) {
        return new SizingRequest(model, other, limits, engine, workload, overrides);
    }

    public SizingRequest withLimits(EngineLimits other) {
        return new SizingRequest(model, precision, other, engine, workload, overrides);
    }

    public SizingRequest withEngine(EngineGeneration other) {
        return new SizingRequest(model, precision, limits, other, workload, overrides);
    }

    public SizingRequest withWorkload(Workload other) {
        return new SizingRequest(model, precision, limits, engine, other, overrides);
    }

    public SizingRequest withOverrides(ReplicaOverrides other) {
        return new SizingRequest(model, precision, limits, engine, workload, other);
    }
}
