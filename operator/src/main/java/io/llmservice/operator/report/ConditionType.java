package io.llmservice.operator.report;

/** The conditions of an LlmService; all of them are good when True. */
public enum ConditionType {
    /** The spec is in force and every replica asked for answers. */
    Ready,
    /** At least one replica answers. */
    Available,
    /** The spec has a plan. */
    Planned,
    /** Every object of the plan is applied, and none of them belongs to somebody else. */
    ObjectsApplied,
    /** The nodes that Karpenter makes for the pods are there, with their GPUs. */
    NodesReady,
    /** The cluster knows every kind that the plan wants. */
    KindsAvailable,
    /** The autoscaler reads its metrics and may scale. */
    AutoscalerActive,
    /** No older service claims the same model name. */
    ModelNameUnique,
    /** Every fallback target can take requests, as far as can be seen without sending one. */
    FallbackReady,
    /** Requests go to the pods. */
    ServingFromPrimary,
    /** Clients must present an API key. */
    ApiKeysRequired
}
