package io.llmservice.gateway.relay;

import io.llmservice.gateway.dispatch.Attempt;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceKey;
import io.llmservice.gateway.upstream.Upstream;
import java.time.Duration;
import java.util.Optional;

/**
 * One attempt's way to an answer.
 *
 * @param name {@code pod} or the target's name, for the response header and metrics
 * @param reason why not to a pod of the service's own
 * @param pod the pod at the end of the way, and whose it is
 * @param model name to put into the body
 * @param translated whether the gateway makes the answer from another form
 * @param upstream where the request goes
 * @param attempt who is told how it went
 * @param patience how long it may take to the first byte, or the first event of a stream
 */
record Way(
        String name,
        Optional<String> reason,
        Optional<PodOf> pod,
        Optional<String> model,
        boolean translated,
        Upstream upstream,
        Attempt attempt,
        Duration patience) {

    /** The name of a way to the service's own pods. */
    static final String POD = "pod";

    boolean isTarget() {
        return reason.isPresent();
    }

    /** A pod of a service. */
    record PodOf(ServiceKey service, PodEndpoint pod) {}
}
