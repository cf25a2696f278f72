package io.llmservice.operator.observe;

import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.LlmServiceTarget;
import io.llmservice.planner.Identity;
import io.llmservice.planner.decision.Sibling;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one service must know of the others: names that clients send, and GPUs asked for in its namespace. */
final class Siblings {

    private Siblings() {}

    /** Wakes the services that a change of another one may concern. */
    static InformerEventSource<LlmService, LlmService> source(EventSourceContext<LlmService> context) {
        var configuration = InformerEventSourceConfiguration.from(LlmService.class, LlmService.class)
                .withName("siblings")
                .withNamespacesInheritedFromController()
                .withOnUpdateFilter((now, before) -> !now.getMetadata()
                        .getGeneration()
                        .equals(before.getMetadata().getGeneration()))
                .withPrimaryToSecondaryMapper((LlmService service) -> Set.<ResourceID>of())
                .withSecondaryToPrimaryMapper(changed -> concerned(changed, context))
                .withItemStore(new OwnFieldsStore<LlmService>())
                .build();
        return new InformerEventSource<>(configuration, context);
    }

    static List<Sibling> of(LlmService service, Stream<LlmService> all) {
        return all.filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(service.getMetadata().getUid()))
                .filter(other -> concerns(service, other))
                .map(Siblings::sibling)
                .toList();
    }

    private static Set<ResourceID> concerned(LlmService changed, EventSourceContext<LlmService> context) {
        return context.getPrimaryCache()
                .list()
                .filter(other -> !other.getMetadata()
                        .getUid()
                        .equals(changed.getMetadata().getUid()))
                .filter(other -> concerns(changed, other))
                .map(ResourceID::fromResource)
                .collect(Collectors.toSet());
    }

    private static boolean concerns(LlmService one, LlmService other) {
        return one.getMetadata().getNamespace().equals(other.getMetadata().getNamespace())
                || modelName(one).equals(modelName(other));
    }

    private static Sibling sibling(LlmService service) {
        return new Sibling(
                Identity.of(service),
                service.getMetadata().getCreationTimestamp(),
                modelName(service),
                gpus(service),
                fallsBackTo(service));
    }

    private static List<String> fallsBackTo(LlmService service) {
        return Optional.ofNullable(service.getSpec()).map(LlmServiceSpec::fallback).stream()
                .flatMap(fallback -> fallback.targets().stream())
                .flatMap(target -> Stream.ofNullable(target.llmService()))
                .map(LlmServiceTarget::name)
                .toList();
    }

    static String modelName(LlmService service) {
        return Optional.ofNullable(service.getSpec())
                .map(spec -> spec.model().name())
                .orElse(service.getMetadata().getName());
    }

    /** What its plan may ask for at most; before it has one, what its spec says at least. */
    private static int gpus(LlmService service) {
        var spec = service.getSpec();
        if (spec == null) {
            return 0;
        }
        var status = service.getStatus();
        int each = status == null || status.plan() == null
                ? asked(spec)
                : status.plan().gpusPerReplica();
        return each * spec.scaling().upperBound();
    }

    private static int asked(LlmServiceSpec spec) {
        @Nullable Integer fixed = spec.compute().gpusPerReplica();
        return fixed == null ? 1 : fixed;
    }
}
