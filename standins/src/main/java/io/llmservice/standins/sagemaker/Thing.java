package io.llmservice.standins.sagemaker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** One object of SageMaker with its tags and, for what takes time, where it is on its way. */
final class Thing {

    final String kind;
    final String name;
    final ObjectNode body;
    final Map<String, String> tags = new TreeMap<>();
    String status = "";
    String failure = "";
    Instant settles = Instant.MIN;
    String pendingFailure = "";
    /** Configuration or body that an update brings, once it is done. */
    ObjectNode update;

    Thing(String kind, String name, ObjectNode body) {
        this.kind = kind;
        this.name = name;
        this.body = body;
        this.update = body;
    }

    String arn() {
        return "arn:aws:sagemaker:us-east-1:111122223333:%s/%s".formatted(kind, name);
    }

    boolean isMoving() {
        return status.equals("Creating") || status.equals("Updating") || status.equals("Deleting");
    }

    /** Moves on if its time has come; false when it has gone. */
    boolean settle(Instant now) {
        if (!isMoving() || now.isBefore(settles)) {
            return true;
        }
        if (status.equals("Deleting")) {
            return false;
        }
        failure = pendingFailure;
        if (failure.isEmpty()) {
            body.setAll(update);
        }
        // A failed update goes back to what was there; a failed creation stays.
        status = failure.isEmpty() || status.equals("Updating") ? "InService" : "Failed";
        pendingFailure = "";
        return true;
    }
}
