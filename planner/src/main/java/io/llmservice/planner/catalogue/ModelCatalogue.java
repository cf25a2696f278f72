package io.llmservice.planner.catalogue;

import io.llmservice.api.v1alpha1.Quantization;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The model architectures that the project knows, looked up by Hugging Face repository id or by what such a name is a variant of. */
public final class ModelCatalogue {
    /** Names less alike than this are no help to someone who mistyped. */
    private static final double LEAST_LIKENESS = 0.4;

    private final Map<String, Entry> byRepository = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Entry> byBase = new LinkedHashMap<>();

    private record Entry(String repository, Architecture architecture, Optional<WeightFormat> stored) {}

    private ModelCatalogue() {}

    /** The catalogue that the project ships. */
    public static ModelCatalogue load() {
        ModelCatalogue catalogue = new ModelCatalogue();
        for (CsvTable.Row row : CsvTable.read("models.csv")) {
            Architecture architecture = architecture(row);
            for (String name : row.text("names").split(" ", -1)) {
                ModelName parsed = ModelName.parse(name);
                Entry entry = new Entry(name, architecture, parsed.format().or(() -> published(row)));
                catalogue.byRepository.put(name, entry);
                catalogue.byBase.putIfAbsent(parsed.base(), entry);
            }
        }
        return catalogue;
    }

    /** Finds a repository, or the listed model that its name is a tuned or quantized variant of. */
    public Optional<ModelMatch> find(String repository) {
        @Nullable Entry exact = byRepository.get(repository);
        if (exact != null) {
            return Optional.of(match(repository, exact, ModelMatch.How.EXACT, exact.stored()));
        }
        ModelName name = ModelName.parse(repository);
        @Nullable Entry alike = byBase.get(name.base());
        return alike == null
                ? Optional.empty()
                : Optional.of(match(repository, alike, ModelMatch.How.BY_NAME, name.format()));
    }

    /** The listed repositories whose names are most like this one, nearest first; empty when none is. */
    public List<String> suggest(String repository, int limit) {
        Set<String> wanted = pairs(ModelName.parse(repository).base());
        return byBase.entrySet().stream()
                .map(entry -> Map.entry(entry.getValue().repository(), likeness(wanted, pairs(entry.getKey()))))
                .filter(scored -> scored.getValue() >= LEAST_LIKENESS)
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every repository that is listed, in alphabetical order. */
    public List<String> repositories() {
        return List.copyOf(byRepository.keySet());
    }

    private static ModelMatch match(String repository, Entry entry, ModelMatch.How how, Optional<WeightFormat> format) {
        return new ModelMatch(repository, entry.repository(), entry.architecture(), how, format.orElse(null));
    }

    private static Set<String> pairs(String name) {
        Set<String> pairs = new LinkedHashSet<>();
        for (int i = 0; i + 2 <= name.length(); i++) {
            pairs.add(name.substring(i, i + 2));
        }
        return pairs;
    }

    /** The Dice coefficient of two sets of letter pairs. */
    private static double likeness(Set<String> one, Set<String> other) {
        long shared = one.stream().filter(other::contains).count();
        return 2.0 * shared / Math.max(1, one.size() + other.size());
    }

    private static Optional<WeightFormat> published(CsvTable.Row row) {
        return switch (row.text("native").toLowerCase(Locale.ROOT)) {
            case "fp8" -> Optional.of(WeightFormat.of(Quantization.FP8));
            case "mxfp4" -> Optional.of(WeightFormat.of(Quantization.MXFP4));
            case "int4" -> Optional.of(new WeightFormat(Quantization.COMPRESSED_TENSORS, 4));
            default -> Optional.empty();
        };
    }

    private static Architecture architecture(CsvTable.Row row) {
        return new Architecture(
                row.whole("parameters"),
                new Architecture.Depth(row.integer("layers"), row.integer("hidden_size")),
                new Attention(
                        row.integer("attention_heads"),
                        row.integer("key_value_heads"),
                        row.integer("head_dimension"),
                        cacheLayout(row.text("cache"))),
                feedForward(row),
                new Vocabulary(
                        row.integer("vocabulary"), row.text("tied_embeddings").equals("yes")),
                row.integer("maximum_context"));
    }

    private static FeedForward feedForward(CsvTable.Row row) {
        int experts = row.optionalInteger("experts").orElse(0);
        if (experts == 0) {
            return new FeedForward(row.integer("intermediate_size"), null);
        }
        int width = row.integer("expert_intermediate_size");
        return new FeedForward(
                row.optionalInteger("intermediate_size").orElse(width),
                new FeedForward.Experts(
                        experts, row.integer("experts_per_token"), width, row.whole("active_parameters")));
    }

    private static CacheLayout cacheLayout(String text) {
        String[] parts = text.split(":", -1);
        return switch (parts[0]) {
            case "full" -> new CacheLayout.Full();
            case "window" -> new CacheLayout.SlidingWindow(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            case "partial" -> new CacheLayout.Partial(Integer.parseInt(parts[1]));
            case "latent" -> new CacheLayout.Latent(Integer.parseInt(parts[1]));
            default -> throw new IllegalStateException("unknown cache layout " + text);
        };
    }
}
