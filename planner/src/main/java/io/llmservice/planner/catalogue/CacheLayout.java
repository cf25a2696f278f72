package io.llmservice.planner.catalogue;

/** Which layers keep keys and values, and for how many tokens: what a token costs in the cache, and what a long request really holds. */
public sealed interface CacheLayout {
    /** Every layer keeps every token. */
    record Full() implements CacheLayout {}

    /** Some layers look back a fixed number of tokens only. */
    record SlidingWindow(int tokens, int layers) implements CacheLayout {
        public SlidingWindow {
            if (tokens <= 0 || layers <= 0) {
                throw new IllegalArgumentException("a sliding window has tokens and layers, both above 0");
            }
        }
    }

    /** Only some layers keep keys and values; the others hold a state of fixed size. */
    record Partial(int layers) implements CacheLayout {
        public Partial {
            if (layers <= 0) {
                throw new IllegalArgumentException("layers with a cache must be above 0");
            }
        }
    }

    /** Multi-head latent attention: one compressed vector a layer, a whole copy on every tensor-parallel rank. */
    record Latent(int elements) implements CacheLayout {
        public Latent {
            if (elements <= 0) {
                throw new IllegalArgumentException("a latent vector has elements, above 0");
            }
        }
    }

    /** Layers, of a model with so many, that cost cache memory for each token as the engine counts tokens. */
    default int cachingLayers(int layers) {
        return this instanceof Partial partial ? Math.min(partial.layers(), layers) : layers;
    }

    /**
     * Tokens of cache that a request of this length holds, counted over all caching layers as the engine's "KV cache size" counts them.
     * A sliding layer holds its window and the batch being prefilled (vLLM's SlidingWindowSpec), never more than the request.
     */
    default long tokensHeld(long length, int layers, int batchedTokens) {
        if (this instanceof SlidingWindow window) {
            int sliding = Math.min(window.layers(), layers);
            long kept = Math.min(length, (long) window.tokens() - 1 + batchedTokens);
            return Math.ceilDiv((layers - sliding) * length + sliding * kept, layers);
        }
        return length;
    }
}
