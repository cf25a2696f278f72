package io.llmservice.operator.metricsapi.pods;

import java.io.IOException;

/** Says why what a pod gave as its metrics is not used. */
final class UnusableMetricsException extends IOException {
    private final Reading.Failure failure;

    UnusableMetricsException(Reading.Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    Reading.Failure failure() {
        return failure;
    }
}
