package io.llmservice.standins.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What there is in the account, and how it changes by calls and by time. */
final class SageMakerState {

    static final String MODEL = "model";
    static final String CONFIG = "endpoint-config";
    static final String ENDPOINT = "endpoint";
    static final String COMPONENT = "inference-component";

    private final InstantSource clock;
    private final Map<String, Thing> things = new TreeMap<>();
    private Duration delay = Duration.ZERO;
    private String nextFailure = "";
    private int endpointQuota = Integer.MAX_VALUE;

    SageMakerState(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void delay(Duration time) {
        delay = time;
    }

    synchronized void failNext(String reason) {
        nextFailure = reason;
    }

    synchronized void endpointQuota(int most) {
        endpointQuota = most;
    }

    synchronized List<String> names(String kind) {
        settle();
        return things.values().stream()
                .filter(thing -> thing.kind.equals(kind))
                .map(thing -> thing.name)
                .toList();
    }

    synchronized Thing get(String kind, String name) {
        settle();
        return Optional.ofNullable(things.get(kind + "/" + name)).orElseThrow(() -> Refusal.missing(kind, name));
    }

    synchronized Thing create(String kind, String name, ObjectNode request) {
        settle();
        var present = things.get(kind + "/" + name);
        if (present != null) {
            throw Refusal.exists(kind, present.arn());
        }
        var body = request.deepCopy();
        body.remove("Tags");
        var thing = new Thing(kind, name, body);
        request.path("Tags").forEach(tag -> tag(thing, tag));
        if (kind.equals(ENDPOINT) || kind.equals(COMPONENT)) {
            if (kind.equals(ENDPOINT) && names(ENDPOINT).size() >= endpointQuota) {
                throw new Refusal(
                        "ResourceLimitExceeded",
                        "The account-level service limit 'ml.g5.2xlarge for endpoint usage' is %d Instances. Please use AWS Service Quotas to request an increase for this quota."
                                .formatted(endpointQuota));
            }
            move(thing, "Creating", body);
        }
        things.put(kind + "/" + name, thing);
        return thing;
    }

    synchronized Thing update(String kind, String name, ObjectNode request) {
        var thing = get(kind, name);
        if (thing.isMoving() || thing.status.equals("Failed")) {
            throw Refusal.inProgress(thing.arn());
        }
        move(thing, "Updating", request);
        return thing;
    }

    synchronized void delete(String kind, String name) {
        var thing = get(kind, name);
        if (kind.equals(ENDPOINT) && thing.isMoving()) {
            throw Refusal.inProgress(thing.arn());
        }
        if (thing.status.isEmpty()) {
            things.remove(kind + "/" + name);
        } else {
            move(thing, "Deleting", thing.body);
        }
    }

    synchronized void tag(String arn, JsonNode tags) {
        var thing = byArn(arn);
        tags.forEach(tag -> tag(thing, tag));
    }

    synchronized ObjectNode tags(String arn) {
        var answer = JsonNodeFactory.instance.objectNode();
        var list = answer.putArray("Tags");
        byArn(arn).tags.forEach((key, value) -> list.addObject().put("Key", key).put("Value", value));
        return answer;
    }

    private void move(Thing thing, String status, ObjectNode update) {
        thing.status = status;
        thing.update = update;
        thing.failure = "";
        thing.pendingFailure = status.equals("Deleting") ? "" : nextFailure;
        thing.settles = clock.instant().plus(delay);
        if (!status.equals("Deleting")) {
            nextFailure = "";
        }
    }

    private Thing byArn(String arn) {
        settle();
        return things.values().stream()
                .filter(thing -> thing.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new Refusal("ResourceNotFound", "Resource %s does not exist.".formatted(arn)));
    }

    private void settle() {
        Instant now = clock.instant();
        new ArrayList<>(things.values())
                .stream()
                        .filter(thing -> !thing.settle(now))
                        .forEach(thing -> things.remove(thing.kind + "/" + thing.name));
    }

    private static void tag(Thing thing, JsonNode tag) {
        thing.tags.put(tag.path("Key").asText(), tag.path("Value").asText());
    }
}
