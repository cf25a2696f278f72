package io.llmservice.planner.decision;

import io.llmservice.api.v1alpha1.ArchitectureSpec;
import io.llmservice.api.v1alpha1.ModelSource;
import io.llmservice.api.v1alpha1.ModelSpec;
import io.llmservice.planner.catalogue.Architecture;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.catalogue.WeightFormat;
import io.llmservice.planner.sizing.ModelFacts;
import io.llmservice.planner.sizing.WeightSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the architecture of a model: in the spec, else in the catalogue by repository, served name or last word of a path. */
final class ModelLookup {

    private final ModelCatalogue catalogue;

    ModelLookup(ModelCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The model's numbers, or which fields to give. */
    sealed interface Result {

        /**
         * The model is known.
         *
         * @param facts what the sizing needs
         * @param notes what a person should know about the match
         */
        record Found(ModelFacts facts, List<String> notes) implements Result {}

        record Unknown(Problem problem) implements Result {}
    }

    Result find(ModelSpec model) {
        var given = model.architecture();
        if (given != null) {
            var facts = new ModelFacts(
                    architecture(given),
                    "spec.model.architecture",
                    WeightFormat.of(model.quantization()),
                    weightSource(model.source()));
            return new Result.Found(facts, List.of());
        }
        return names(model)
                .flatMap(name -> catalogue.find(name).stream())
                .findFirst()
                .<Result>map(match -> new Result.Found(
                        new ModelFacts(
                                match.architecture(),
                                match.origin(),
                                match.formatFor(model.quantization()),
                                weightSource(model.source())),
                        match.mismatch(model.quantization()).stream().toList()))
                .orElseGet(() -> new Result.Unknown(unknown(model)));
    }

    private Problem unknown(ModelSpec model) {
        var name = names(model).findFirst().orElse("");
        var alike = catalogue.suggest(name, 3);
        return new Problem(
                Reason.ModelUnknown,
                "spec.model: the catalogue does not know " + (name.isEmpty() ? "this model" : name)
                        + (alike.isEmpty() ? "" : " (it knows " + String.join(", ", alike) + ")")
                        + "; give spec.model.architecture with parameters, layers, hiddenSize, attentionHeads, keyValueHeads"
                        + " and vocabularySize from the model's config.json");
    }

    private static Stream<String> names(ModelSpec model) {
        var source = model.source();
        var huggingFace = source.huggingFace();
        if (huggingFace != null) {
            return Stream.of(huggingFace.repository());
        }
        var path = Stream.of(
                        Optional.ofNullable(source.s3()).map(s3 -> s3.uri()),
                        Optional.ofNullable(source.persistentVolumeClaim()).map(claim -> claim.path()),
                        Optional.ofNullable(source.image()).map(image -> image.path()))
                .flatMap(Optional::stream)
                .map(ModelLookup::lastWord)
                .filter(word -> !word.isEmpty());
        return Stream.concat(path, Stream.ofNullable(model.name()));
    }

    private static String lastWord(String path) {
        var trimmed = path.replaceAll("/+$", "");
        return trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    private static Architecture architecture(ArchitectureSpec given) {
        int head = Objects.requireNonNullElse(given.headDimension(), given.hiddenSize() / given.attentionHeads());
        var architecture = Architecture.ofDense(
                given.parameters(),
                new Architecture.Depth(given.layers(), given.hiddenSize()),
                given.attentionHeads(),
                given.keyValueHeads(),
                head,
                given.vocabularySize());
        var maximum = given.maximumContextLength();
        return maximum == null ? architecture : withMaximum(architecture, maximum);
    }

    private static Architecture withMaximum(Architecture architecture, int tokens) {
        return new Architecture(
                architecture.parameters(),
                architecture.depth(),
                architecture.attention(),
                architecture.feedForward(),
                architecture.vocabulary(),
                tokens);
    }

    private static WeightSource weightSource(ModelSource source) {
        if (source.s3() != null) {
            return WeightSource.S3;
        }
        if (source.persistentVolumeClaim() != null) {
            return WeightSource.PERSISTENT_VOLUME;
        }
        return source.image() != null ? WeightSource.IMAGE : WeightSource.HUGGING_FACE;
    }
}
