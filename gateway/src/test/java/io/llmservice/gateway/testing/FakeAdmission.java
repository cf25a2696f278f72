package io.llmservice.gateway.testing;

import io.llmservice.gateway.limits.Admission;
import io.llmservice.gateway.request.Refusal;
import io.llmservice.gateway.request.RequestScan;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets everybody in, or only those with one key; remembers what each request used. */
public final class FakeAdmission implements Admission {

    private final Optional<String> key;
    private final List<Usage> used = new CopyOnWriteArrayList<>();

    public FakeAdmission(Optional<String> key) {
        this.key = key;
    }

    @Override
    public Result admit(ServiceRoute route, Optional<String> bearer, RequestScan scan) {
        if (!maySee(route, bearer)) {
            return new Result.Refused(Refusal.of(401, "invalid_request_error", "invalid_api_key", "Send a key."));
        }
        return new Result.Admitted(new Permit() {
            @Override
            public Optional<String> keyId() {
                return Optional.empty();
            }

            @Override
            public void end(Usage usage) {
                used.add(usage);
            }
        });
    }

    @Override
    public boolean maySee(ServiceRoute route, Optional<String> bearer) {
        return key.isEmpty() || key.equals(bearer);
    }

    public List<Usage> used() {
        return List.copyOf(used);
    }
}
