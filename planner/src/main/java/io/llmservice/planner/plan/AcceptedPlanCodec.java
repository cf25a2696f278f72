package io.llmservice.planner.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.llmservice.planner.ChildNames;
import io.llmservice.planner.Identity;
import java.util.Optional;

/**
 * Keeps an accepted plan in a ControllerRevision and reads it back. The object's name is a digest of its content: a plan
 * is written once, and a crash between two writes leaves nothing that the next run would write differently.
 */
public final class AcceptedPlanCodec {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AcceptedPlanCodec() {}

    /** The revision without owner and labels, which every child gets in the same way. */
    public static ControllerRevision encode(Identity identity, AcceptedPlan plan, long revision) {
        var data = tree(plan);
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withNamespace(identity.namespace())
                .withName(ChildNames.revision(identity, text(data)))
                .endMetadata()
                .withRevision(revision)
                .withData(JSON.convertValue(data, Object.class))
                .build();
    }

    /** Empty if the data is not a plan that this operator can read, as after a downgrade. */
    public static Optional<AcceptedPlan> decode(ControllerRevision revision) {
        try {
            return Optional.ofNullable(JSON.convertValue(revision.getData(), AcceptedPlan.class));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether two plans are written the same way. */
    public static boolean same(Object left, Object right) {
        return tree(left).equals(tree(right));
    }

    private static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    private static String text(JsonNode data) {
        try {
            return JSON.writeValueAsString(JSON.treeToValue(data, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always writable", e);
        }
    }
}
