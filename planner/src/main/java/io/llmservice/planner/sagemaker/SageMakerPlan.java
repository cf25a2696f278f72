package io.llmservice.planner.sagemaker;

import io.llmservice.planner.decision.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to do next about a managed target, and how it stands meanwhile.
 *
 * @param steps calls in their order; the same look gives the same steps
 * @param state how it stands
 */
public record SageMakerPlan(List<Step> steps, State state) {

    private static final Set<String> SERVING = Set.of("InService", "Updating", "SystemUpdating", "RollingBack");

    public SageMakerPlan {
        steps = List.copyOf(steps);
    }

    /** How a managed target stands. */
    public sealed interface State {

        /** It takes requests. */
        record Ready(String words) implements State {}

        /** It will take requests by itself. */
        record Pending(String words) implements State {}

        /** Somebody has to do something. */
        record Stuck(Reason reason, String words) implements State {}

        /** Nothing is left of it. */
        record Gone() implements State {}
    }

    /** Towards what is desired. */
    public static SageMakerPlan towards(DesiredEndpoint desired, SeenEndpoint seen) {
        var foreign = foreign(desired, seen);
        if (foreign.isPresent()) {
            return new SageMakerPlan(List.of(), foreign.get());
        }
        var steps = new ArrayList<Step>();
        if (seen.model().isEmpty()) {
            steps.add(new Step.CreateModel());
        }
        if (seen.config().isEmpty()) {
            steps.add(new Step.CreateConfig());
        }
        if (seen.endpoint().isEmpty()) {
            steps.add(new Step.CreateEndpoint());
            return new SageMakerPlan(steps, new State.Pending("the endpoint is being made"));
        }
        return existing(desired, seen, seen.endpoint().get(), steps);
    }

    private static SageMakerPlan existing(
            DesiredEndpoint desired, SeenEndpoint seen, SeenEndpoint.Endpoint endpoint, List<Step> steps) {
        boolean asDesired = endpoint.config().equals(desired.configName());
        if (endpoint.retain() != desired.retain()) {
            steps.add(new Step.NoteRetain(desired.retain()));
        }
        return switch (endpoint.status()) {
            case "InService" -> asDesired ? settled(desired, seen, endpoint, steps) : changed(desired, endpoint, steps);
            case "Failed" ->
                asDesired
                        ? new SageMakerPlan(
                                steps,
                                new State.Stuck(
                                        Reason.EndpointFailed,
                                        "SageMaker gave up on endpoint %s: %s; correct the target, and it is made anew"
                                                .formatted(desired.name(), sentence(endpoint.failure()))))
                        : anew(desired, endpoint, steps);
            default ->
                new SageMakerPlan(
                        steps,
                        SERVING.contains(endpoint.status())
                                ? new State.Ready("endpoint %s answers while SageMaker says %s"
                                        .formatted(desired.name(), endpoint.status()))
                                : new State.Pending("SageMaker says %s of endpoint %s"
                                        .formatted(endpoint.status(), desired.name())));
        };
    }

    /** The endpoint has the desired configuration: the rest is the component, and tidying up. */
    private static SageMakerPlan settled(
            DesiredEndpoint desired, SeenEndpoint seen, SeenEndpoint.Endpoint endpoint, List<Step> steps) {
        var state = component(desired, seen, endpoint, steps);
        boolean componentMoved = seen.component()
                .map(component -> component.model().equals(desired.modelName()))
                .orElse(true);
        if (!(endpoint.previous().isEmpty() && endpoint.previousModel().isEmpty()) && componentMoved) {
            steps.addAll(forget(desired, endpoint));
        }
        return new SageMakerPlan(steps, state);
    }

    private static State component(
            DesiredEndpoint desired, SeenEndpoint seen, SeenEndpoint.Endpoint endpoint, List<Step> steps) {
        if (desired.component().isEmpty()) {
            seen.component()
                    .filter(component -> !component.status().equals("Deleting"))
                    .ifPresent(component -> steps.add(new Step.DeleteComponent(desired.componentName())));
            return new State.Ready("endpoint " + desired.name() + " is in service");
        }
        if (seen.component().isEmpty()) {
            steps.add(new Step.CreateComponent());
            return new State.Pending("the inference component is being made");
        }
        var component = seen.component().get();
        boolean asDesired = component.model().equals(desired.modelName())
                && component.size().equals(desired.component().get());
        return switch (component.status()) {
            case "InService" -> {
                if (!component.model().equals(desired.modelName())) {
                    steps.add(new Step.Remember(endpoint.previous(), component.model()));
                }
                if (!asDesired) {
                    steps.add(new Step.UpdateComponent());
                }
                yield new State.Ready("inference component " + desired.componentName() + " is in service");
            }
            case "Failed" -> {
                if (!asDesired) {
                    steps.add(new Step.DeleteComponent(desired.componentName()));
                }
                yield new State.Stuck(
                        Reason.EndpointFailed,
                        "SageMaker gave up on inference component %s: %s; correct the target"
                                .formatted(desired.componentName(), sentence(component.failure())));
            }
            case "Updating" ->
                new State.Ready("inference component " + desired.componentName() + " answers while it is updated");
            default ->
                new State.Pending("SageMaker says %s of inference component %s"
                        .formatted(component.status(), desired.componentName()));
        };
    }

    /** A new configuration, once what went before the present one is gone. */
    private static SageMakerPlan changed(DesiredEndpoint desired, SeenEndpoint.Endpoint endpoint, List<Step> steps) {
        boolean rolledBack = !endpoint.failure().isEmpty();
        if (!endpoint.previous().isEmpty() && !endpoint.previous().equals(endpoint.config())) {
            steps.addAll(forget(desired, endpoint));
        }
        steps.add(new Step.Remember(endpoint.config(), endpoint.model()));
        steps.add(new Step.UpdateEndpoint());
        return new SageMakerPlan(
                steps,
                rolledBack
                        ? new State.Stuck(
                                Reason.EndpointFailed,
                                "SageMaker went back to the configuration before: %s; what was there answers; correct the target"
                                        .formatted(sentence(endpoint.failure())))
                        : new State.Ready("endpoint " + desired.name() + " answers and is being changed"));
    }

    /** A failed endpoint can only be deleted; its parts first, because only it tells their names. */
    private static SageMakerPlan anew(DesiredEndpoint desired, SeenEndpoint.Endpoint endpoint, List<Step> steps) {
        steps.addAll(parts(desired, endpoint, true));
        steps.add(new Step.DeleteEndpoint(desired.name()));
        return new SageMakerPlan(steps, new State.Pending("the failed endpoint is deleted, to be made anew"));
    }

    /** Towards nothing. An endpoint that SageMaker works on cannot be deleted yet. */
    public static SageMakerPlan away(DesiredNames names, SeenEndpoint seen) {
        var steps = new ArrayList<Step>();
        var endpoint = seen.endpoint().filter(SeenEndpoint.Endpoint::ours);
        var component = seen.component().filter(SeenEndpoint.Component::ours);
        if (component.isPresent()) {
            if (!component.get().status().equals("Deleting")) {
                if (component.get().model().startsWith(names.endpoint() + "-m")) {
                    steps.add(new Step.DeleteModel(component.get().model()));
                }
                steps.add(new Step.DeleteComponent(names.component()));
            }
            return new SageMakerPlan(
                    steps, new State.Pending("inference component " + names.component() + " to be deleted"));
        }
        seen.model().filter(SeenEndpoint.Part::ours).ifPresent(part -> steps.add(new Step.DeleteModel(part.name())));
        seen.config().filter(SeenEndpoint.Part::ours).ifPresent(part -> steps.add(new Step.DeleteConfig(part.name())));
        if (endpoint.isEmpty()) {
            return new SageMakerPlan(
                    steps, steps.isEmpty() ? new State.Gone() : new State.Pending("models to be deleted"));
        }
        var words = "SageMaker endpoint %s to be deleted (SageMaker says %s)"
                .formatted(names.endpoint(), endpoint.get().status());
        if (!Set.of("InService", "Failed", "OutOfService", "UpdateRollbackFailed")
                .contains(endpoint.get().status())) {
            return new SageMakerPlan(List.of(), new State.Pending(words));
        }
        names.parts(endpoint.get()).stream()
                .filter(step -> !steps.contains(step))
                .forEach(steps::add);
        steps.add(new Step.DeleteEndpoint(names.endpoint()));
        return new SageMakerPlan(steps, new State.Pending(words));
    }

    private static List<Step> forget(DesiredEndpoint desired, SeenEndpoint.Endpoint endpoint) {
        var steps = new ArrayList<Step>();
        if (!endpoint.previousModel().isEmpty()
                && !endpoint.previousModel().equals(desired.modelName())
                && !endpoint.previousModel().equals(endpoint.model())) {
            steps.add(new Step.DeleteModel(endpoint.previousModel()));
        }
        if (!endpoint.previous().isEmpty()
                && !endpoint.previous().equals(desired.configName())
                && !endpoint.previous().equals(endpoint.config())) {
            steps.add(new Step.DeleteConfig(endpoint.previous()));
        }
        steps.add(new Step.Remember("", ""));
        return steps;
    }

    private static List<Step> parts(DesiredEndpoint desired, SeenEndpoint.Endpoint endpoint, boolean keepDesired) {
        return DesiredNames.of(desired.owner()).parts(endpoint).stream()
                .filter(step -> !keepDesired
                        || (!step.equals(new Step.DeleteModel(desired.modelName()))
                                && !step.equals(new Step.DeleteConfig(desired.configName()))))
                .toList();
    }

    /** What has our name and not our tags is somebody else's, and is not touched. */
    private static Optional<State> foreign(DesiredEndpoint desired, SeenEndpoint seen) {
        Optional<String> name =
                seen.endpoint().filter(endpoint -> !endpoint.ours()).map(endpoint -> "endpoint " + desired.name());
        return name.or(() -> seen.component()
                        .filter(component -> !component.ours())
                        .map(component -> "inference component " + desired.componentName()))
                .or(() ->
                        seen.config().filter(part -> !part.ours()).map(part -> "endpoint configuration " + part.name()))
                .or(() -> seen.model().filter(part -> !part.ours()).map(part -> "model " + part.name()))
                .map(what -> new State.Stuck(
                        Reason.EndpointForeign,
                        "SageMaker %s is there and does not carry this service's tags, so it is not touched; delete it, or rename the target"
                                .formatted(what)));
    }

    private static String sentence(String failure) {
        return failure.isEmpty() ? "no reason given" : failure.strip().replaceAll("\\.$", "");
    }
}
