package io.llmservice.planner.decision;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.LlmServiceSpec;
import io.llmservice.api.v1alpha1.PlanProposal;
import io.llmservice.planner.Annotations;
import io.llmservice.planner.Identity;
import io.llmservice.planner.check.PlanChecks;
import io.llmservice.planner.check.SpecCheck;
import io.llmservice.planner.check.SpecChecks;
import io.llmservice.planner.children.ChildContext;
import io.llmservice.planner.children.Children;
import io.llmservice.planner.children.PlanRevision;
import io.llmservice.planner.children.ServingPodTemplate;
import io.llmservice.planner.plan.AcceptedPlan;
import io.llmservice.planner.plan.AcceptedPlanCodec;
import io.llmservice.planner.plan.ServicePlan;
import io.llmservice.planner.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what should be there for a service. A plan in force stays until what it was made for changes or a person asks
 * for a new one; a spec that cannot be planned holds everything as it is.
 */
public final class ServicePlanner {

    private final Policy policy;
    private final PlanSource plans;

    public ServicePlanner(Policy policy, PlanSource plans) {
        this.policy = policy;
        this.plans = plans;
    }

    public Decision decide(LlmService service, Observation observation) {
        var identity = Identity.of(service);
        var spec = service.getSpec();
        if (spec == null) {
            return hold(
                    identity,
                    new Problem(Reason.InvalidSpec, "spec is empty; give at least spec.model.source"),
                    observation);
        }
        var input = input(service, spec, observation);
        var problem = SpecChecks.first(input);
        if (problem.isPresent()) {
            return hold(identity, problem.get(), observation);
        }
        var token = replanToken(service);
        var inForce = observation.accepted();
        boolean stays = inForce.isPresent() && inForce.get().plansFor(spec) && !isNew(token, inForce.get());
        return switch (plans.plan(spec)) {
            case PlanSource.Result.Planned planned ->
                stays
                        ? keep(input, inForce.orElseThrow(), planned.plan())
                        : proceed(input, render(identity, spec, planned.plan(), token), Optional.empty());
            case PlanSource.Result.Refused refused ->
                stays
                        ? proceed(input, adjusted(identity, spec, inForce.orElseThrow()), Optional.empty())
                        : hold(identity, refused.problem(), observation);
        };
    }

    /** What is wrong with the fallback, which is told and holds nothing. */
    public Optional<Problem> fallbackProblem(LlmService service, Observation observation) {
        return Optional.ofNullable(service.getSpec())
                .flatMap(spec -> SpecChecks.firstOfFallback(input(service, spec, observation)));
    }

    /** What is wrong with the API keys, which is told and holds nothing. */
    public Optional<Problem> apiKeysProblem(LlmService service, Observation observation) {
        return Optional.ofNullable(service.getSpec())
                .flatMap(spec -> SpecChecks.firstOfApiKeys(input(service, spec, observation)));
    }

    private SpecCheck.Input input(LlmService service, LlmServiceSpec spec, Observation observation) {
        return new SpecCheck.Input(
                Identity.of(service), service.getMetadata().getCreationTimestamp(), spec, observation, policy);
    }

    /** Taking the annotation away asks for nothing. */
    private static boolean isNew(String token, AcceptedPlan inForce) {
        return !token.isEmpty() && !token.equals(inForce.replanToken());
    }

    /** Keeps the plan and shows what a new one would change. */
    private static Decision keep(SpecCheck.Input input, AcceptedPlan inForce, ServicePlan fresh) {
        var kept = adjusted(input.identity(), input.spec(), inForce);
        return proceed(input, kept, proposal(input.identity(), kept, fresh));
    }

    /** The plan in force for a spec whose scaling, serving or monitoring changed; the pods change only with serving. */
    private static AcceptedPlan adjusted(Identity identity, LlmServiceSpec spec, AcceptedPlan inForce) {
        if (inForce.servesAs(spec)) {
            return new AcceptedPlan(spec, inForce.plan(), inForce.podTemplate(), inForce.replanToken());
        }
        return render(identity, spec, inForce.plan(), inForce.replanToken());
    }

    private static AcceptedPlan render(Identity identity, LlmServiceSpec spec, ServicePlan plan, String token) {
        var template = ServingPodTemplate.desired(new ChildContext(identity, spec, plan));
        return new AcceptedPlan(spec, plan, template, token);
    }

    private static Optional<PlanProposal> proposal(Identity identity, AcceptedPlan kept, ServicePlan fresh) {
        var how = "kubectl annotate llmservice %s -n %s %s=\"$(date +%%s)\" --overwrite"
                .formatted(identity.name(), identity.namespace(), Annotations.REPLAN);
        if (!kept.plan().makesTheSameAs(fresh)) {
            boolean rolls = differs(kept, render(identity, kept.spec(), fresh, ""));
            var summary = "%s: %s; %s"
                    .formatted(
                            String.join(", ", PlanDifference.words(kept.plan(), fresh)),
                            fresh.words().summary(),
                            rolls ? "pods would roll" : "pods would stay, and only new nodes differ");
            return Optional.of(new PlanProposal(summary, how));
        }
        return differs(kept, render(identity, kept.spec(), kept.plan(), ""))
                ? Optional.of(new PlanProposal(
                        "this version of the operator renders the pods differently; pods would roll", how))
                : Optional.empty();
    }

    private static boolean differs(AcceptedPlan kept, AcceptedPlan rendered) {
        return !AcceptedPlanCodec.same(rendered.podTemplate(), kept.podTemplate());
    }

    private static Decision proceed(SpecCheck.Input input, AcceptedPlan accepted, Optional<PlanProposal> proposal) {
        var observation = input.observation();
        var problem = PlanChecks.first(input, accepted.plan());
        if (problem.isPresent()) {
            return hold(input.identity(), problem.get(), observation);
        }
        var context = new ChildContext(input.identity(), accepted.spec(), accepted.plan());
        var desired = new ArrayList<HasMetadata>();
        desired.add(PlanRevision.desired(context, accepted, observation.revisions()));
        desired.addAll(Children.desired(input.identity(), accepted));
        return new Decision.Proceed(accepted, Pruning.complete(desired, observation, context), proposal);
    }

    private static Decision hold(Identity identity, Problem problem, Observation observation) {
        var children = observation
                .accepted()
                .map(accepted -> new DesiredChildren(Children.desired(identity, accepted), List.of()))
                .orElse(DesiredChildren.NONE);
        return new Decision.Hold(problem, observation.accepted(), children);
    }

    private static String replanToken(LlmService service) {
        var annotations = Objects.requireNonNullElse(service.getMetadata().getAnnotations(), Map.<String, String>of());
        return annotations.getOrDefault(Annotations.REPLAN, "");
    }
}
