package io.llmservice.planner.check;

import io.llmservice.planner.Planning;
import io.llmservice.planner.policy.Policy.Allowed;
import java.util.List;

/** The safe defaults with one list of the administrator's own. */
final class Allowing {

    private static final Allowed SAFE = Planning.standard().policy().allowed();

    private Allowing() {}

    static Allowed instanceTypes(String... patterns) {
        return new Allowed(
                SAFE.images(),
                List.of(patterns),
                SAFE.serviceAccounts(),
                SAFE.roles(),
                SAFE.nodeClasses(),
                SAFE.engineFlags(),
                SAFE.environment());
    }

    static Allowed roles(String... patterns) {
        return new Allowed(
                SAFE.images(),
                SAFE.instanceTypes(),
                SAFE.serviceAccounts(),
                List.of(patterns),
                SAFE.nodeClasses(),
                SAFE.engineFlags(),
                SAFE.environment());
    }
}
