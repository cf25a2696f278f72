package io.llmservice.gateway.cluster;

import io.llmservice.gateway.choice.PodGauges;
import io.llmservice.gateway.route.ServiceKey;

/** Hears what a pod says of its load. May be called from several threads at once. */
@FunctionalInterface
public interface GaugeSink {

    void accept(ServiceKey service, String podUid, PodGauges gauges);

    /** How many tokens the pod's KV cache holds, where it says so; told with every reading. */
    default void cacheTokens(ServiceKey service, String podUid, long tokens) {}
}
