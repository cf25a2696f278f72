package io.llmservice.planner.sizing;

import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.WeightFormat;

/** The model to serve: its architecture and where that is known from, how its checkpoint stores weights, and where the checkpoint lies. */
public record ModelFacts(Architecture architecture, String origin, WeightFormat checkpoint, WeightSource source) {
    public ModelFacts {
        if (origin.isBlank()) {
            throw new IllegalArgumentException("say where the architecture comes from");
        }
    }

    ModelFacts withCheckpoint(WeightFormat other) {
        return new ModelFacts(architecture, origin, other, source);
    }
}
