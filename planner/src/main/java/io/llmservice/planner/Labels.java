package io.llmservice.planner;

import java.util.Map;
import java.util.TreeMap;

/** The labels that the operator writes, and the smaller, immutable map that selects a service's pods. */
public final class Labels {

    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String PART_OF = "app.kubernetes.io/part-of";

    /** Name of the LlmService. */
    public static final String SERVICE = "llmservice.io/service";

    /** Namespace of the LlmService, on objects that have none of their own. */
    public static final String SERVICE_NAMESPACE = "llmservice.io/service-namespace";

    /** On nodes and as a taint: the one service whose pods may run there. */
    public static final String POOL = "llmservice.io/pool";

    /** What an administrator can ask of a Secret before an LlmService may refer to it. */
    public static final String OPERATOR = "llmservice-operator";

    /** {@link #NAME} of the gateway's pods. */
    public static final String GATEWAY = "llmservice-gateway";

    /** Prefixes that belong to the operator and to Kubernetes; users' pod labels must not use them. */
    public static final java.util.List<String> RESERVED_PREFIXES =
            java.util.List.of("llmservice.io/", "app.kubernetes.io/", "karpenter.sh/");

    private Labels() {}

    /** Labels of every object that belongs to a service. */
    public static Map<String, String> of(Identity identity, String component) {
        var labels = new TreeMap<String, String>();
        labels.put(NAME, "vllm");
        labels.put(INSTANCE, identity.name());
        labels.put(COMPONENT, component);
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(PART_OF, "llmservice");
        labels.put(SERVICE, identity.name());
        return labels;
    }

    /** Labels of an object that lies outside namespaces. */
    public static Map<String, String> clusterScoped(Identity identity, String component) {
        var labels = of(identity, component);
        labels.put(SERVICE_NAMESPACE, identity.namespace());
        return labels;
    }

    /** What selects a service's pods. It can never change, because a Deployment's selector cannot. */
    public static Map<String, String> selector(Identity identity) {
        return Map.of(SERVICE, identity.name());
    }
}
