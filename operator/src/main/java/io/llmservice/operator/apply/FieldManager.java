package io.llmservice.operator.apply;

/** The names under which the operator applies fields. */
public final class FieldManager {

    /** Owner of everything that the operator applies. */
    public static final String OPERATOR = "llmservice-operator";

    /** Sets a new Deployment's replica count once; every later count is the autoscaler's. */
    public static final String INITIAL_REPLICAS = "llmservice-operator-initial-replicas";

    private FieldManager() {}
}
