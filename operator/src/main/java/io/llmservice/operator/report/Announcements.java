package io.llmservice.operator.report;

import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import java.time.Instant;

/**
 * Tells a status to those who do not read it: as events on transitions, and as gauges.
 *
 * @param events written when a condition tells something new
 * @param metrics always those of the last status
 */
public record Announcements(ServiceEvents events, ServiceMetrics metrics) {

    public void tell(LlmService service, LlmServiceStatus status, Instant now) {
        events.tell(service, service.getStatus(), status, now);
    }

    public void show(LlmService service, LlmServiceStatus status) {
        metrics.show(service, status);
    }

    public void forget(LlmService service) {
        metrics.forget(service);
    }
}
