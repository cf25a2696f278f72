package io.llmservice.gateway.choice;

import io.llmservice.api.v1alpha1.ApiDuration;
import io.llmservice.api.v1alpha1.EjectionSpec;
import java.time.Duration;

/**
 * How many pods may be left out, and when.
 *
 * @param noTokenAfter a pod that has requests and yields no token for this long
 * @param maximumPercent most that are left out at once; one may be, however few there are, unless it is 0
 */
public record Ejection(Duration noTokenAfter, int maximumPercent) {

    /** A pod that fails this often in a row is left out. */
    public static final int FAILURES = 5;

    public static Ejection of(EjectionSpec spec) {
        return new Ejection(ApiDuration.parse(spec.noTokenAfter()), spec.maximumPercent());
    }

    /**
     * Whether one more may be left out.
     *
     * @param serving pods that are Ready
     * @param out how many of them are left out already
     * @param replaceable whether a target can take the place of the last one
     */
    public boolean allows(int serving, int out, boolean replaceable) {
        int most = maximumPercent == 0 ? 0 : Math.max(1, serving * maximumPercent / 100);
        return out < most && (out + 1 < serving || replaceable);
    }
}
