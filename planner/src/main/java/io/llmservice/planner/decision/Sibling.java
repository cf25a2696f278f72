package io.llmservice.planner.decision;

import io.llmservice.planner.Identity;
import java.util.List;

/**
 * Another LlmService of the cluster, as far as it matters to this one.
 *
 * @param identity which service
 * @param created RFC 3339 time of creation
 * @param modelName name that clients send
 * @param gpus GPUs that its plan may ask for at most
 * @param fallsBackTo names of the LlmServices of its namespace that it falls back to
 */
public record Sibling(Identity identity, String created, String modelName, int gpus, List<String> fallsBackTo) {

    public Sibling {
        fallsBackTo = List.copyOf(fallsBackTo);
    }

    /** Whether this service was there before another; equal times are settled by UID, so that all agree. */
    public boolean isOlderThan(String otherCreated, String otherUid) {
        int byTime = created.compareTo(otherCreated);
        return byTime < 0 || (byTime == 0 && identity.uid().compareTo(otherUid) < 0);
    }
}
