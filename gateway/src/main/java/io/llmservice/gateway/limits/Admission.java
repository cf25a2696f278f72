package io.llmservice.gateway.limits;

import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.Optional;

/** Whether a client may ask a service now: its key, and what it has used already. Safe for use by several threads. */
public interface Admission {

    /**
     * Decides.
     *
     * @param bearer the API key that the client presented
     */
    Result admit(ServiceRoute route, Optional<String> bearer, RequestScan scan);

    /** Whether a client may see a service in the list of models. Takes nothing from its limits. */
    boolean maySee(ServiceRoute route, Optional<String> bearer);

    /** The answer. */
    sealed interface Result {

        /** Let in; the permit must be ended, exactly once. */
        record Admitted(Permit permit) implements Result {}

        /** Kept out: 401 or 429. */
        record Refused(Refusal refusal) implements Result {}
    }

    /** One request that was let in. */
    interface Permit {

        /** Id of the API key, for metrics; empty if the service is open. */
        Optional<String> keyId();

        /** What it used; tokens are counted when they are known. */
        void end(Usage usage);
    }
}
