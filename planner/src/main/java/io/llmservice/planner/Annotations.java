package io.llmservice.planner;

/** The annotations that the operator reads or writes. */
public final class Annotations {

    /** On objects outside namespaces, which cannot have an owner reference to a namespaced object: the owner's UID. */
    public static final String OWNER_UID = "llmservice.io/owner-uid";

    /** Written by a person on an LlmService: a new value takes the plan that status.plan.proposal shows. */
    public static final String REPLAN = "llmservice.io/replan";

    /** Written by a person on an LlmService: a FallbackMode that wins over spec.fallback.mode while it is there. */
    public static final String FALLBACK_MODE = "llmservice.io/fallback-mode";

    /** Karpenter leaves the node of such a pod alone. */
    public static final String DO_NOT_DISRUPT = "karpenter.sh/do-not-disrupt";

    private Annotations() {}
}
