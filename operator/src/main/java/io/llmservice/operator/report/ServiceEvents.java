package io.llmservice.operator.report;

import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmservice.api.v1alpha1.Condition;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.planner.decision.Reason;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an Event when a condition's status or reason changes, and at no other time. */
public final class ServiceEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceEvents.class);
    private static final String CONTROLLER = "llmservice.io/operator";

    /** Micro-second times in the one form that the API server takes. */
    private static final DateTimeFormatter MICRO_TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The API server's bound on an Event's note. */
    private static final int MAX_NOTE_LENGTH = 1024;

    private final KubernetesClient client;
    private final String instance;

    /**
     * @param instance name of this replica of the operator
     */
    public ServiceEvents(KubernetesClient client, String instance) {
        this.client = client;
        this.instance = instance;
    }

    /** Conditions that tell a person something new, in the order of the status. Pure. */
    static List<Condition> transitions(@Nullable LlmServiceStatus before, LlmServiceStatus now) {
        return now.conditions().stream()
                .filter(condition -> {
                    var last = Optional.ofNullable(before).stream()
                            .flatMap(status -> status.conditions().stream())
                            .filter(other -> other.type().equals(condition.type()))
                            .findFirst();
                    boolean first = last.isEmpty();
                    boolean same = last.filter(other -> other.status().equals(condition.status())
                                    && other.reason().equals(condition.reason()))
                            .isPresent();
                    return !same && !(first && isQuiet(condition));
                })
                .toList();
    }

    /** An Event that cannot be written is not worth a retry of everything else. */
    public void tell(LlmService service, @Nullable LlmServiceStatus before, LlmServiceStatus now, Instant time) {
        for (var condition : transitions(before, now)) {
            try {
                write(service, condition, time);
            } catch (KubernetesClientException e) {
                LOG.atWarn()
                        .addKeyValue("reason", condition.reason())
                        .addKeyValue("code", e.getCode())
                        .log("Event not written");
            }
        }
    }

    /** The first report of a part that was never in trouble is no news. */
    private static boolean isQuiet(Condition condition) {
        return condition.reason().equals(Reason.OpenInCluster.name())
                || (!condition.status().equals("False") && !condition.type().equals(ConditionType.Planned.name()));
    }

    private void write(LlmService service, Condition condition, Instant time) {
        var note = condition.message();
        client.resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(service.getMetadata().getNamespace())
                        .withGenerateName(service.getMetadata().getName() + "-")
                        .endMetadata()
                        .withEventTime(new MicroTime(MICRO_TIME.format(time)))
                        .withReportingController(CONTROLLER)
                        .withReportingInstance(instance)
                        .withAction("Reconcile")
                        .withReason(condition.reason())
                        .withType(isBad(condition) ? "Warning" : "Normal")
                        .withNote(note.length() <= MAX_NOTE_LENGTH ? note : note.substring(0, MAX_NOTE_LENGTH))
                        .withRegarding(new ObjectReferenceBuilder()
                                .withApiVersion(LlmService.API_VERSION)
                                .withKind(LlmService.KIND)
                                .withNamespace(service.getMetadata().getNamespace())
                                .withName(service.getMetadata().getName())
                                .withUid(service.getMetadata().getUid())
                                .build())
                        .build())
                .create();
    }

    /** Waiting is normal; a person is needed for the rest. */
    private static boolean isBad(Condition condition) {
        return condition.status().equals("False")
                && !List.of(
                                "WaitingForNodes",
                                "WaitingForPods",
                                "NodesPending",
                                "NoReplica",
                                "RollingOut",
                                "Deleting",
                                "EndpointPending",
                                "BreakerProbing",
                                "OpenInCluster")
                        .contains(condition.reason());
    }
}
