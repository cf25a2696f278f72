package io.llmservice.planner.sizing;

import io.llmservice.api.v1alpha1.DataType;
import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.CacheType;
import io.llmservice.planner.catalogue.WeightFormat;
import org.jspecify.annotations.Nullable;

/** The number formats at work: activations, cache, and a quantization that the engine applies while it loads, if any. */
public record Precision(
        DataType dataType, CacheType cache, @Nullable Quantization onlineQuantization) {
    public static final Precision DEFAULT = new Precision(DataType.AUTO, CacheType.AUTO, null);

    /** The format of the weights once they serve. */
    WeightFormat served(WeightFormat checkpoint) {
        return onlineQuantization == null ? checkpoint : WeightFormat.of(onlineQuantization);
    }

    /** Bytes of one element of the cache. */
    int cacheBytes() {
        return cache == CacheType.AUTO ? WeightFormat.bytesOf(dataType) : cache.bytesPerElement();
    }
}
