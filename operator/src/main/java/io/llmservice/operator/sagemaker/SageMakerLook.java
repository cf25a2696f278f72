package io.llmservice.operator.sagemaker;

import io.llmservice.operator.sagemaker.Found.Outcome;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.fallback.TargetState;
import io.llmservice.planner.sagemaker.DesiredNames;
import io.llmservice.planner.sagemaker.SageMakerPlan;
import io.llmservice.planner.sagemaker.SageMakerPlan.State;
import io.llmservice.planner.sagemaker.SeenEndpoint;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

/** One look at a target, and the steps that follow from it. It waits for AWS, so it must not run in a reconcile. */
final class SageMakerLook {

    private static final Set<String> SERVING = Set.of("InService", "Updating", "SystemUpdating", "RollingBack");

    private final Function<String, SageMakerClient> clients;

    /**
     * @param clients a client for each region
     */
    SageMakerLook(Function<String, SageMakerClient> clients) {
        this.clients = clients;
    }

    Found look(String target, Task task) {
        try {
            var client = clients.apply(task.region());
            return switch (task) {
                case Task.Watch watch -> watch(target, watch, new SageMakerReader(client));
                case Task.Keep keep -> keep(target, keep, client);
                case Task.Remove remove -> remove(target, remove, client);
            };
        } catch (SdkException e) {
            var refusal = AwsRefusal.of(e);
            return new Found(
                    new TargetState.Unusable(target, refusal.reason(), refusal.words()), "Unknown", Outcome.REFUSED);
        }
    }

    private static Found watch(String target, Task.Watch watch, SageMakerReader reader) {
        var endpoint = reader.endpoint(watch.endpoint());
        if (endpoint.isEmpty()) {
            return missing(target, "SageMaker endpoint " + watch.endpoint(), "sageMaker.endpoint");
        }
        var status = endpoint.get().endpointStatusAsString();
        if (!SERVING.contains(status)) {
            boolean failed = status.equals("Failed");
            return new Found(
                    new TargetState.Unusable(
                            target,
                            failed ? Reason.EndpointFailed : Reason.EndpointPending,
                            "SageMaker says %s of endpoint %s; %s"
                                    .formatted(
                                            status,
                                            watch.endpoint(),
                                            failed
                                                    ? "whoever made it must make it anew"
                                                    : "wait until it is InService")),
                    status,
                    failed ? Outcome.SETTLED : Outcome.MOVING);
        }
        return watch.component()
                .map(name -> component(target, name, status, reader))
                .orElseGet(() -> verified(target, "endpoint " + watch.endpoint() + " is " + status, status));
    }

    private static Found component(String target, String name, String status, SageMakerReader reader) {
        var component = reader.component(name);
        if (component.isEmpty()) {
            return missing(target, "SageMaker inference component " + name, "sageMaker.inferenceComponentName");
        }
        var word = component.get().inferenceComponentStatusAsString();
        return SERVING.contains(word)
                ? verified(target, "inference component " + name + " is " + word, status)
                : new Found(
                        new TargetState.Unusable(
                                target,
                                word.equals("Failed") ? Reason.EndpointFailed : Reason.EndpointPending,
                                "SageMaker says %s of inference component %s; wait until it is InService, or name another"
                                        .formatted(word, name)),
                        status,
                        Outcome.MOVING);
    }

    private static Found missing(String target, String what, String field) {
        return new Found(
                new TargetState.Unusable(
                        target,
                        Reason.EndpointMissing,
                        what + " is not in this account and region; correct " + field + " or sageMaker.region"),
                "Absent",
                Outcome.SETTLED);
    }

    private static Found verified(String target, String words, String status) {
        return new Found(new TargetState.Verified(target, words), status, Outcome.SETTLED);
    }

    private static Found keep(String target, Task.Keep keep, SageMakerClient client) {
        var reader = new SageMakerReader(client);
        var seen = reader.look(keep.desired().owner(), Optional.of(keep.desired()));
        var plan = SageMakerPlan.towards(keep.desired(), seen);
        if (keep.mayChange()) {
            var writer = new SageMakerWriter(client, reader);
            plan.steps().forEach(step -> writer.make(step, keep.desired()));
        }
        boolean moving = !plan.steps().isEmpty() && keep.mayChange();
        var status = status(seen);
        return switch (plan.state()) {
            case State.Ready ready ->
                new Found(
                        new TargetState.Verified(target, ready.words()),
                        status,
                        moving || !status.equals("InService") ? Outcome.MOVING : Outcome.SETTLED);
            case State.Pending pending ->
                new Found(
                        new TargetState.Unusable(target, Reason.EndpointPending, pending.words()),
                        status,
                        Outcome.MOVING);
            case State.Stuck stuck ->
                new Found(
                        new TargetState.Unusable(target, stuck.reason(), stuck.words()),
                        status,
                        moving ? Outcome.REFUSED : Outcome.SETTLED);
            case State.Gone gone -> throw new IllegalStateException("what is desired is not gone");
        };
    }

    private static Found remove(String target, Task.Remove remove, SageMakerClient client) {
        var reader = new SageMakerReader(client);
        var seen = reader.look(remove.owner(), remove.desired());
        boolean stays = remove.retain()
                .orElseGet(
                        () -> seen.endpoint().map(SeenEndpoint.Endpoint::retain).orElse(false));
        var plan = SageMakerPlan.away(DesiredNames.of(remove.owner()), seen);
        if (stays || plan.state() instanceof State.Gone) {
            return new Found(new TargetState.Verified(target, "gone"), "Absent", Outcome.GONE);
        }
        var writer = new SageMakerWriter(client, reader);
        plan.steps().forEach(writer::delete);
        var words = plan.state() instanceof State.Pending pending ? pending.words() : "the endpoint to be deleted";
        return new Found(new TargetState.Unusable(target, Reason.EndpointPending, words), status(seen), Outcome.MOVING);
    }

    private static String status(SeenEndpoint seen) {
        return seen.endpoint().map(SeenEndpoint.Endpoint::status).orElse("Absent");
    }
}
