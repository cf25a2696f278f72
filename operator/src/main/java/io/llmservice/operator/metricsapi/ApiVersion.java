package io.llmservice.operator.metricsapi;

import java.util.Arrays;
import java.util.Optional;

/** The versions of the API that are served, the preferred one first. */
public enum ApiVersion {
    V1BETA2("v1beta2", 200),
    V1BETA1("v1beta1", 100);

    public static final String GROUP = "custom.metrics.k8s.io";

    private final String text;
    private final int priority;

    ApiVersion(String text, int priority) {
        this.text = text;
        this.priority = priority;
    }

    static Optional<ApiVersion> of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst();
    }

    public String text() {
        return text;
    }

    /** Within the group: the API server prefers the higher. */
    int priority() {
        return priority;
    }

    String groupVersion() {
        return GROUP + "/" + text;
    }

    /** The name that the one APIService of this version must have. */
    public String apiServiceName() {
        return text + "." + GROUP;
    }
}
