package io.llmservice.operator.metricsapi.pods;

import java.util.List;

/**
 * Finds pods of LlmServices, and no others.
 *
 * <p>A pod that is not Ready is still found (the HPA sets its value aside by itself); one without an IP or with a deletion
 * timestamp is not.
 */
public interface PodTargets {

    /** The pods of one namespace whose labels match, in any order; answered from a cache, without a call. */
    List<PodTarget> find(String namespace, Selector selector);
}
