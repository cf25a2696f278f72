package io.llmservice.operator.sagemaker;

import io.llmservice.api.v1alpha1.DeletionPolicy;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceStatus;
import io.llmservice.api.v1alpha1.SageMakerEndpointStatus;
import io.llmservice.operator.settings.AwsSettings;
import io.llmservice.operator.traffic.AwsTargets;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.TargetState;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.sagemaker.DesiredEndpoint;
import io.llmservice.planner.sagemaker.EndpointDesign;
import io.llmservice.planner.sagemaker.Owner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the AWS targets of services into tasks and their findings into states. An endpoint is made only after its name
 * stands in the status, so that nothing is made that a later run could not find again.
 */
public final class SageMakerTargets implements AwsTargets {

    private final AwsSettings settings;
    private final EndpointDesign design;
    private final SageMakerClients clients;
    private final Lookout lookout;

    /**
     * @param wake called with namespace and name of a service when there is news of it
     */
    public SageMakerTargets(AwsSettings settings, EndpointDesign design, BiConsumer<String, String> wake) {
        this(settings, design, wake, Lookout.Pace.STANDARD);
    }

    SageMakerTargets(AwsSettings settings, EndpointDesign design, BiConsumer<String, String> wake, Lookout.Pace pace) {
        this.settings = settings;
        this.design = design;
        this.clients = new SageMakerClients(settings.sageMakerUrl());
        this.lookout =
                new Lookout(new SageMakerLook(clients::in), pace, key -> wake.accept(key.namespace(), key.service()));
    }

    @Override
    public Look look(LlmService service, Optional<AcceptedPlan> plan, boolean mayChange) {
        var states = new TreeMap<String, TargetState>();
        var entries = new LinkedHashMap<String, SageMakerEndpointStatus>();
        AwsTargets.targets(service).forEach(target -> {
            var sageMaker = target.sageMaker();
            if (sageMaker == null) {
                states.put(target.name(), bedrock(target));
            } else if (sageMaker.managed() == null) {
                states.put(target.name(), existing(service, target));
            } else {
                states.put(target.name(), managed(service, target, plan, mayChange, entries));
            }
        });
        orphans(service, entries);
        return new Look(states, List.copyOf(entries.values()));
    }

    @Override
    public Optional<String> release(LlmService service) {
        var waiting = new ArrayList<String>();
        for (var entry : entries(service)) {
            var found = lookout.ask(key(service, entry.target()), removal(service, entry));
            if (found.map(Found::outcome).orElse(Found.Outcome.MOVING) != Found.Outcome.GONE) {
                waiting.add(found.map(seen -> seen.state().words())
                        .orElse("SageMaker endpoint " + entry.endpoint() + " to be deleted"));
            }
        }
        if (waiting.isEmpty()) {
            lookout.forget(
                    service.getMetadata().getNamespace(), service.getMetadata().getName());
            return Optional.empty();
        }
        return Optional.of(String.join("; ", waiting));
    }

    private static TargetState bedrock(FallbackTarget target) {
        return new TargetState.NotVerified(
                target.name(),
                "whether the account may use the model shows with the first request, and none is spent on finding out;"
                        + " docs/iam.md says what the gateway's role needs");
    }

    private TargetState existing(LlmService service, FallbackTarget target) {
        var sageMaker = Objects.requireNonNull(target.sageMaker());
        var task = new Task.Watch(
                region(sageMaker.region()),
                Objects.requireNonNullElse(sageMaker.endpoint(), ""),
                Optional.ofNullable(sageMaker.inferenceComponentName()));
        var key = new Lookout.Key(
                service.getMetadata().getNamespace(), service.getMetadata().getName(), target.name(), false);
        return lookout.ask(key, task).map(Found::state).orElseGet(() -> unseen(target));
    }

    private TargetState managed(
            LlmService service,
            FallbackTarget target,
            Optional<AcceptedPlan> plan,
            boolean mayChange,
            Map<String, SageMakerEndpointStatus> entries) {
        var owner = owner(service, target.name());
        var region = region(Objects.requireNonNull(target.sageMaker()).region());
        var designed = plan.map(accepted -> design(owner, target, accepted));
        if (designed.isEmpty()) {
            return new TargetState.NotVerified(target.name(), "waits for the service's plan");
        }
        return switch (designed.get()) {
            case EndpointDesign.Result.Impossible impossible -> {
                keepEntry(service, target, entries);
                yield new TargetState.Unusable(target.name(), impossible.reason(), impossible.words());
            }
            case EndpointDesign.Result.Possible possible -> {
                boolean announced = entries(service).stream()
                        .anyMatch(entry -> entry.target().equals(target.name()));
                var found = lookout.ask(
                        key(service, target.name()),
                        new Task.Keep(region, possible.endpoint(), mayChange && announced));
                entries.put(target.name(), entry(target.name(), owner, region, found));
                yield found.map(Found::state).orElseGet(() -> unseen(target));
            }
        };
    }

    private EndpointDesign.Result design(Owner owner, FallbackTarget target, AcceptedPlan plan) {
        var sageMaker = Objects.requireNonNull(target.sageMaker());
        return design.design(owner, Objects.requireNonNull(sageMaker.managed()), sageMaker.dialect(), plan);
    }

    private static void keepEntry(
            LlmService service, FallbackTarget target, Map<String, SageMakerEndpointStatus> entries) {
        entries(service).stream()
                .filter(entry -> entry.target().equals(target.name()))
                .forEach(entry -> entries.put(target.name(), entry));
    }

    /** Endpoints of targets that the spec no longer has. */
    private void orphans(LlmService service, Map<String, SageMakerEndpointStatus> entries) {
        for (var entry : entries(service)) {
            boolean wanted = AwsTargets.targets(service)
                    .anyMatch(target -> target.name().equals(entry.target())
                            && target.sageMaker() != null
                            && target.sageMaker().managed() != null);
            if (wanted || service.getSpec() == null) {
                entries.putIfAbsent(entry.target(), entry);
                continue;
            }
            var found = lookout.ask(key(service, entry.target()), removal(service, entry));
            if (found.map(Found::outcome).orElse(Found.Outcome.MOVING) != Found.Outcome.GONE) {
                var owner = owner(service, entry.target());
                entries.put(entry.target(), entry(entry.target(), owner, region(entry.region()), found));
            }
        }
    }

    private Task.Remove removal(LlmService service, SageMakerEndpointStatus entry) {
        var policy = AwsTargets.targets(service)
                .filter(target -> target.name().equals(entry.target()))
                .flatMap(target -> Optional.ofNullable(target.sageMaker()).stream())
                .flatMap(target -> Optional.ofNullable(target.managed()).stream())
                .map(managed -> managed.deletionPolicy() == DeletionPolicy.RETAIN)
                .findFirst();
        Optional<DesiredEndpoint> unknown = Optional.empty();
        return new Task.Remove(region(entry.region()), owner(service, entry.target()), unknown, policy);
    }

    private static SageMakerEndpointStatus entry(String target, Owner owner, String region, Optional<Found> found) {
        return new SageMakerEndpointStatus(
                target,
                owner.base(),
                region.isEmpty() ? null : region,
                found.map(Found::endpointState).orElse("Unknown"),
                found.map(Found::state)
                        .filter(TargetState.Unusable.class::isInstance)
                        .map(TargetState::words)
                        .orElse(null));
    }

    private static List<SageMakerEndpointStatus> entries(LlmService service) {
        return Optional.ofNullable(service.getStatus())
                .map(LlmServiceStatus::sageMaker)
                .orElse(List.of());
    }

    private static TargetState unseen(FallbackTarget target) {
        return new TargetState.Unusable(target.name(), Reason.EndpointPending, "AWS is being asked");
    }

    private Owner owner(LlmService service, String target) {
        return new Owner(
                settings.clusterId(),
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                target);
    }

    private String region(@Nullable String asked) {
        return Optional.ofNullable(asked).or(settings::region).orElse("");
    }

    private static Lookout.Key key(LlmService service, String target) {
        return new Lookout.Key(
                service.getMetadata().getNamespace(), service.getMetadata().getName(), target, true);
    }

    @Override
    public void close() {
        lookout.close();
        clients.close();
    }
}
