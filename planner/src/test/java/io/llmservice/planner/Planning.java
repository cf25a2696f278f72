package io.llmservice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmservice.api.v1alpha1.LlmService;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import io.llmservice.planner.catalogue.ModelCatalogue;
import io.llmservice.planner.decision.Decision;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.ServicePlanner;
import io.llmservice.planner.decision.SizedPlans;
import io.llmservice.planner.fallback.FallbackLimits;
import io.llmservice.planner.fallback.FallbackPolicy;
import io.llmservice.planner.policy.Policy;
import io.llmservice.planner.policy.Policy.Allowed;
import io.llmservice.planner.policy.Policy.EngineDefaults;
import io.llmservice.planner.vllm.EngineVersion;
import io.llmservice.planner.vllm.VllmFlags;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The planner with its real catalogues. Whatever it decides in a test, the engine's arguments are held against the
 * flags of the version they were rendered for.
 *
 * @param policy what the administrator allows
 * @param instances what there is to choose from
 */
public record Planning(Policy policy, InstanceCatalogue instances) {

    private static final ModelCatalogue MODELS = ModelCatalogue.load();
    private static final InstanceCatalogue INSTANCES = InstanceCatalogue.load();

    /** An installation as the chart makes it: safe defaults and a node class of the administrator's. */
    public static Planning standard() {
        var safe = Policy.safeDefaults();
        return new Planning(
                new Policy(
                        safe.allowed(),
                        safe.engine(),
                        Optional.of(new NodeClassSpec(
                                null, new NodeClassReference("karpenter.k8s.aws", "EC2NodeClass", "gpu"))),
                        safe.maxGpusPerNamespace(),
                        safe.requiredSecretLabel(),
                        safe.fallback()),
                INSTANCES);
    }

    public Planning withPrices(Map<String, Double> usdPerHour) {
        return new Planning(policy, instances.withPrices(usdPerHour));
    }

    public Planning withPolicy(Policy other) {
        return new Planning(other, instances);
    }

    public Planning withAllowed(Allowed allowed) {
        return withPolicy(new Policy(
                allowed,
                policy.engine(),
                policy.nodeClass(),
                policy.maxGpusPerNamespace(),
                policy.requiredSecretLabel(),
                policy.fallback()));
    }

    public Planning withNodeClass(Optional<NodeClassSpec> nodeClass) {
        return withPolicy(new Policy(
                policy.allowed(),
                policy.engine(),
                nodeClass,
                policy.maxGpusPerNamespace(),
                policy.requiredSecretLabel(),
                policy.fallback()));
    }

    public Planning withMaxGpus(int gpus) {
        return withPolicy(new Policy(
                policy.allowed(),
                policy.engine(),
                policy.nodeClass(),
                gpus,
                policy.requiredSecretLabel(),
                policy.fallback()));
    }

    public Planning withFallback(FallbackLimits limits) {
        return withPolicy(new Policy(
                policy.allowed(),
                policy.engine(),
                policy.nodeClass(),
                policy.maxGpusPerNamespace(),
                policy.requiredSecretLabel(),
                FallbackPolicy.of(limits)));
    }

    public Planning withEngineVersion(String version) {
        return withPolicy(new Policy(
                policy.allowed(),
                new EngineDefaults(policy.engine().image(), version),
                policy.nodeClass(),
                policy.maxGpusPerNamespace(),
                policy.requiredSecretLabel(),
                policy.fallback()));
    }

    /** For what is asked of a service beside its decision. */
    public ServicePlanner planner() {
        return new ServicePlanner(policy, new SizedPlans(ModelCatalogue.load(), instances, policy));
    }

    public Decision decide(LlmService service, Observation observation) {
        var decision =
                new ServicePlanner(policy, new SizedPlans(MODELS, instances, policy)).decide(service, observation);
        decision.children().apply().stream()
                .filter(Deployment.class::isInstance)
                .forEach(deployment -> checkArguments((Deployment) deployment, decision));
        return decision;
    }

    /** A decision that must have a plan. */
    public Decision.Proceed proceed(LlmService service, Observation observation) {
        var decision = decide(service, observation);
        assertThat(decision).isInstanceOf(Decision.Proceed.class);
        return (Decision.Proceed) decision;
    }

    /** A decision that must have none. */
    public Decision.Hold hold(LlmService service, Observation observation) {
        var decision = decide(service, observation);
        assertThat(decision).isInstanceOf(Decision.Hold.class);
        return (Decision.Hold) decision;
    }

    /** The arguments of the engine, the model first. */
    public static List<String> arguments(Deployment deployment) {
        return deployment
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getArgs();
    }

    private static void checkArguments(Deployment deployment, Decision decision) {
        var version = EngineVersion.parse(
                decision.inForce().orElseThrow().plan().engine().version());
        var arguments = arguments(deployment);
        assertThat(VllmFlags.of(version).check(arguments.subList(1, arguments.size())))
                .as("vLLM %s takes %s", version, arguments)
                .isEmpty();
    }
}
