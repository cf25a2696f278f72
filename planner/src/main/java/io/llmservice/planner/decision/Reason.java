package io.llmservice.planner.decision;

/** One word for why something is as it is: the {@code reason} of conditions and events. */
public enum Reason {
    // What holds a plan
    InvalidSpec,
    NotAllowed,
    ModelUnknown,
    NothingFits,
    ArgumentRefused,
    GpuLimitExceeded,
    ReferenceMissing,
    NodeClassMissing,
    // Where a service stands
    Accepted,
    WaitingForNodes,
    WaitingForPods,
    Serving,
    RollingOut,
    ImagePullFailed,
    EngineFailing,
    GpuMissing,
    Deleting,
    NoReplica,
    // The parts
    Applied,
    ObjectConflict,
    ApplyFailed,
    ImageVolumeUnsupported,
    KindsKnown,
    KindMissing,
    NodesReady,
    NodesPending,
    NotManaged,
    Scaling,
    ScalingUnknown,
    MetricsUnavailable,
    Unique,
    ModelNameConflict
}
