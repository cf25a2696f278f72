package io.llmservice.planner.fallback;

import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.ManagedSageMakerEndpoint;
import io.llmservice.api.v1alpha1.SageMakerTarget;
import io.llmservice.planner.ImageName;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Whether a namespace may fall back to a target. The operator's and the gateway's identity must not carry a tenant
 * further than the tenant may go, so nothing is allowed that the administrator did not list, and link-local and metadata
 * addresses never are. A refusal says why and what to do.
 */
public final class FallbackPolicy {

    private static final String ASK = "; choose another, or have it added to the chart value ";

    private final UrlRules urls;
    private final List<ScopedPattern> endpoints;
    private final List<ScopedPattern> models;
    private final List<ScopedPattern> instanceTypes;
    private final List<ScopedPattern> roles;
    private final List<ScopedPattern> images;
    private final FallbackLimits limits;
    private final boolean open;

    private FallbackPolicy(FallbackLimits limits, boolean open) {
        this.limits = limits;
        this.open = open;
        urls = new UrlRules(limits.hosts(), open);
        endpoints = ScopedPattern.parse(limits.sageMakerEndpoints());
        models = ScopedPattern.parse(limits.bedrockModels());
        instanceTypes = ScopedPattern.parse(limits.managed().instanceTypes());
        roles = ScopedPattern.parse(limits.managed().executionRoles());
        images = ScopedPattern.parse(limits.managed().images());
    }

    public static FallbackPolicy of(FallbackLimits limits) {
        return new FallbackPolicy(limits, false);
    }

    /** For a file that is its administrator's word: everything but link-local and metadata addresses. */
    public static FallbackPolicy administratorsOwn() {
        return new FallbackPolicy(FallbackLimits.NOTHING, true);
    }

    /** What the policy was made of. */
    public FallbackLimits limits() {
        return limits;
    }

    /** Why the target is refused and the way out; empty if a namespace may use it. */
    public Optional<String> refusal(String namespace, FallbackTarget target) {
        if (target.openAi() != null) {
            return urls.refusal(namespace, target.openAi().url());
        }
        if (open) {
            return Optional.empty();
        }
        if (target.sageMaker() != null) {
            return sageMaker(namespace, target.sageMaker());
        }
        if (target.bedrock() != null) {
            var model = target.bedrock().modelId();
            return ScopedPattern.anyAllows(models, namespace, model)
                    ? Optional.empty()
                    : refused("Bedrock model " + model, namespace, "allowed.fallback.bedrockModels");
        }
        return Optional.empty();
    }

    /**
     * Why a connection to where a target's host leads is refused. To be asked with the very address that is connected
     * to: a name may resolve to another one each time.
     */
    public Optional<String> refusal(String namespace, FallbackTarget target, InetAddress resolved) {
        return target.openAi() == null
                ? Optional.empty()
                : urls.refusal(namespace, target.openAi().url(), resolved);
    }

    private Optional<String> sageMaker(String namespace, SageMakerTarget target) {
        if (target.managed() != null) {
            return managed(namespace, target.managed());
        }
        var endpoint = target.endpoint();
        return endpoint == null || ScopedPattern.anyAllows(endpoints, namespace, endpoint)
                ? Optional.empty()
                : refused("SageMaker endpoint " + endpoint, namespace, "allowed.fallback.sageMakerEndpoints");
    }

    private Optional<String> managed(String namespace, ManagedSageMakerEndpoint managed) {
        if (!ScopedPattern.anyAllows(instanceTypes, namespace, managed.instanceType())) {
            return refused(
                    "SageMaker instance type " + managed.instanceType(), namespace, "allowed.fallback.instanceTypes");
        }
        var role = managed.executionRole();
        if (role != null
                && !isDefault(limits.managed().executionRole(), role)
                && !ScopedPattern.anyAllows(roles, namespace, role)) {
            return refused("execution role " + role, namespace, "allowed.fallback.executionRoles");
        }
        var image = managed.image();
        if (image != null
                && !isDefault(limits.managed().image(), image)
                && !ScopedPattern.anyAllows(images, namespace, ImageName.repository(image))) {
            return refused("image " + ImageName.repository(image), namespace, "allowed.fallback.images");
        }
        return missingDefault(managed);
    }

    private Optional<String> missingDefault(ManagedSageMakerEndpoint managed) {
        if (managed.executionRole() == null && limits.managed().executionRole().isEmpty()) {
            return Optional.of("no executionRole is set and the operator has no default; set executionRole, or have the"
                    + " administrator set the chart value aws.sageMaker.executionRole");
        }
        return managed.image() == null && limits.managed().image().isEmpty()
                ? Optional.of("no image is set and the operator has no default; set image, or have the administrator"
                        + " set the chart value aws.sageMaker.image")
                : Optional.empty();
    }

    private static boolean isDefault(Optional<String> standard, String value) {
        return standard.filter(value::equals).isPresent();
    }

    private static Optional<String> refused(String what, String namespace, String setting) {
        return Optional.of(what + " is not allowed for namespace " + namespace + ASK + setting);
    }
}
