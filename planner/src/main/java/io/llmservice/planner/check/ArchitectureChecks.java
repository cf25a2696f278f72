package io.llmservice.planner.check;

import io.llmservice.api.v1alpha1.ArchitectureSpec;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import java.util.Optional;

/** Numbers of an architecture that contradict each other: each is possible alone, and no model has them together. */
final class ArchitectureChecks {

    private static final String FIELD = "spec.model.architecture.";

    private ArchitectureChecks() {}

    static Optional<Problem> architecture(Input input) {
        var given = input.spec().model().architecture();
        return given == null
                ? Optional.empty()
                : heads(given).or(() -> width(given)).or(() -> parameters(given));
    }

    private static Optional<Problem> heads(ArchitectureSpec given) {
        return given.attentionHeads() % given.keyValueHeads() == 0
                ? Optional.empty()
                : invalid(
                        "keyValueHeads: %d do not divide %d attentionHeads; take num_key_value_heads and num_attention_heads"
                                .formatted(given.keyValueHeads(), given.attentionHeads()));
    }

    private static Optional<Problem> width(ArchitectureSpec given) {
        return given.headDimension() != null || given.hiddenSize() >= given.attentionHeads()
                ? Optional.empty()
                : invalid(
                        "hiddenSize: %d leaves less than 1 for each of %d attentionHeads; take hidden_size and head_dim"
                                .formatted(given.hiddenSize(), given.attentionHeads()));
    }

    private static Optional<Problem> parameters(ArchitectureSpec given) {
        long embeddings = (long) given.vocabularySize() * given.hiddenSize();
        return given.parameters() > embeddings
                ? Optional.empty()
                : invalid(
                        "parameters: %d do not even hold the embeddings, vocabularySize × hiddenSize = %d; count all weights and take vocab_size and hidden_size"
                                .formatted(given.parameters(), embeddings));
    }

    private static Optional<Problem> invalid(String message) {
        return Optional.of(new Problem(Reason.InvalidSpec, FIELD + message + " from the model's config.json"));
    }
}
