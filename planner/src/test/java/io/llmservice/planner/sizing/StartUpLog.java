package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.CacheType;
import io.llmservice.planner.catalogue.ComputeCapability;
import io.llmservice.planner.catalogue.Gpu;
import io.llmservice.planner.catalogue.ModelMatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** One published vLLM start-up: what was asked, and what the log said. */
record StartUpLog(Map<String, String> cells) {
    static List<StartUpLog> all() {
        try (InputStream stream = StartUpLog.class.getResourceAsStream("published-start-up-logs.csv")) {
            List<List<String>> rows = new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
            return rows.stream().skip(1).map(row -> of(rows.getFirst(), row)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StartUpLog of(List<String> header, List<String> row) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            cells.put(header.get(i), row.get(i));
        }
        return new StartUpLog(cells);
    }

    String text(String column) {
        return Objects.requireNonNull(cells.get(column), column);
    }

    OptionalDouble number(String column) {
        return text(column).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text(column)));
    }

    int gpus() {
        return Integer.parseInt(text("gpus"));
    }

    /** Whether utilization and flags are known well enough to compare the cache, on a GPU whose memory is known. */
    boolean cacheComparable() {
        return text("compared").equals("all")
                && number("usable_gib").isPresent()
                && number("utilization").isPresent();
    }

    SizingRequest request() {
        ModelMatch match = Requests.MODELS.find(text("model")).orElseThrow();
        Quantization quantization = Quantization.valueOf(Pattern.compile("(?<=[a-z])(?=[A-Z])")
                .matcher(text("quantization"))
                .replaceAll("_")
                .toUpperCase(Locale.ROOT));
        DataType dataType = DataType.valueOf(text("data_type").toUpperCase(Locale.ROOT));
        CacheType cache = CacheType.valueOf(text("cache_type").toUpperCase(Locale.ROOT));
        return SizingRequest.of(new ModelFacts(
                        match.architecture(), match.origin(), match.formatFor(quantization), WeightSource.HUGGING_FACE))
                .withPrecision(new Precision(dataType, cache, null))
                .withLimits(
                        new EngineLimits(null, null, null, number("utilization").orElse(0.90)))
                .withEngine(EngineGeneration.valueOf(text("engine")));
    }

    /** What the plan expects the log to call weights, GiB per GPU. */
    double loadedGiB() {
        return planned().weightsGiB() + request().engine().workspaceGiB();
    }

    /** What the plan makes of the same request. */
    GpuMemory planned() {
        Gpu gpu = new Gpu(
                text("gpu"),
                new Gpu.Memory(1, number("usable_gib").orElse(80)),
                new ComputeCapability(8, 0),
                new Gpu.Speed(1, 1, false));
        int batched = (int) number("batched_tokens").orElse(gpu.defaultBatchedTokens());
        return GpuMemory.of(request(), gpu, gpus(), (int) number("max_requests").orElse(256), batched);
    }
}
