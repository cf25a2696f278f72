package io.llmservice.gateway.relay;

import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.RequestScanner;
import io.llmservice.gateway.request.Scanned;
import io.llmservice.gateway.route.ServiceRoute;
import io.llmservice.gateway.upstream.UpstreamFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Answers requests whose bodies are here: scan, route, admission, then attempts. Confined to one event loop. */
public final class Relay {

    /** The scan of a larger body takes milliseconds, which others' tokens should not wait for. */
    private static final int SCANNED_AT_ONCE = 1024 * 1024;

    private final Vertx vertx;
    private final RelayParts parts;
    private final ModelDirectory directory;
    private final Ways ways;

    /**
     * @param upstreams of this event loop
     */
    public Relay(Vertx vertx, RelayParts parts, UpstreamFactory upstreams) {
        this.vertx = vertx;
        this.parts = parts;
        this.directory = new ModelDirectory(parts.routes(), parts.admission());
        this.ways = new Ways(parts.routes(), parts.dispatch(), upstreams);
    }

    /** Answers a request, sooner or later; its body must have been read. */
    public void answer(HttpServerRequest client, Asked asked, byte[] body) {
        if (body.length <= SCANNED_AT_ONCE) {
            answer(client, asked, body, RequestScanner.scan(body));
        } else {
            vertx.executeBlocking(() -> RequestScanner.scan(body), false)
                    .onSuccess(scanned -> answer(client, asked, body, scanned));
        }
    }

    private void answer(HttpServerRequest client, Asked asked, byte[] body, Scanned scanned) {
        switch (scanned) {
            case Scanned.Refused refused -> Answers.refuse(client.response(), refused.refusal());
            case Scanned.Found found -> admit(client, asked, body, found);
        }
    }

    private void admit(HttpServerRequest client, Asked asked, byte[] body, Scanned.Found found) {
        Optional<ServiceRoute> route =
                directory.find(asked.service(), found.scan().model());
        if (route.isEmpty()) {
            Refusal unknown = directory.unknown(asked.service(), found.scan().model(), asked.bearer());
            Answers.refuse(client.response(), unknown);
            return;
        }
        int most = route.get().gateway().maxBodyBytes();
        if (body.length > most) {
            Answers.refuse(client.response(), tooLarge(most));
            return;
        }
        switch (parts.admission().admit(route.get(), asked.bearer(), found.scan())) {
            case Admission.Result.Refused refused -> {
                parts.meters().refused(route.get(), refused.refusal().status());
                Answers.refuse(client.response(), refused.refusal());
            }
            case Admission.Result.Admitted admitted -> {
                var sent = new SentBody(asked.api(), body, found);
                new Exchange(vertx, parts, ways, new ClientSide(client, route.get(), admitted.permit()), sent).start();
            }
        }
    }

    /** What a client gets whose body is larger than it may be. */
    public static Refusal tooLarge(int most) {
        return Refusal.of(
                413,
                "invalid_request_error",
                "request_too_large",
                "The body is larger than %d bytes, which is the most that is taken here. Send less, or have spec.gateway.maxBodyBytes raised."
                        .formatted(most));
    }
}
