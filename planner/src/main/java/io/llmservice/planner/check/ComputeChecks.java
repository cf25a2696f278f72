package io.llmservice.planner.check;

import io.fabric8.kubernetes.api.model.Quantity;
import io.llmservice.planner.check.SpecCheck.Input;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** CPU and memory that no pod can run with. What is too much for every instance the sizing says, in its own numbers. */
final class ComputeChecks {

    /** The schema's own pattern. */
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(\\.[0-9]+)?(m|k|Ki|M|Mi|G|Gi|T|Ti)?");

    /** Below this neither Python nor shared memory has room. */
    private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(1L << 30);

    private ComputeChecks() {}

    static Optional<Problem> quantities(Input input) {
        var compute = input.spec().compute();
        return quantity("cpu", compute.cpu(), new BigDecimal("0.1"), "100m")
                .or(() -> quantity("memory", compute.memory(), LEAST_MEMORY, "1Gi"));
    }

    private static Optional<Problem> quantity(
            String field, @Nullable String asked, BigDecimal least, String leastText) {
        if (asked == null) {
            return Optional.empty();
        }
        if (!QUANTITY.matcher(asked).matches()) {
            return invalid("spec.compute.%s: %s is not a Kubernetes quantity; write it like %s, or leave it out"
                    .formatted(field, asked, leastText));
        }
        return new Quantity(asked).getNumericalAmount().compareTo(least) >= 0
                ? Optional.empty()
                : invalid("spec.compute.%s: %s is too little for any engine; ask for at least %s, or leave it out"
                        .formatted(field, asked, leastText));
    }

    private static Optional<Problem> invalid(String message) {
        return Optional.of(new Problem(Reason.InvalidSpec, message));
    }
}
