package io.llmservice.planner.sizing;

import io.llmservice.planner.catalogue.CacheLayout;

/** The tokens of cache that requests hold, in whole blocks: one at full context, and one of the workload's typical length. */
record CacheDemand(long fullContext, long typical) {
    static CacheDemand of(SizingRequest request, int batchedTokens) {
        return new CacheDemand(
                held(request, request.context(), batchedTokens),
                held(request, request.workload().tokensPerRequest(), batchedTokens));
    }

    /** Tokens of cache, in whole blocks, that a request of this length holds. */
    static long held(SizingRequest request, long length, int batchedTokens) {
        CacheLayout layout = request.architecture().attention().cache();
        long tokens = layout.tokensHeld(length, request.architecture().layers(), batchedTokens);
        return GpuMemory.BLOCK_TOKENS * Math.ceilDiv(tokens, (long) GpuMemory.BLOCK_TOKENS);
    }

    /** Tokens that must fit: so many typical requests at once, and one at full context. */
    long needed(int sequences) {
        return Math.max(fullContext, sequences * typical);
    }
}
