package io.llmservice.gateway.dispatch;

import io.llmservice.api.v1alpha1.FallbackTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which targets are tried: those with a weight first, drawn by it; then the others as the spec has them. */
final class TargetChoice {

    private TargetChoice() {}

    static List<FallbackTarget> order(List<FallbackTarget> targets, RandomGenerator random) {
        List<FallbackTarget> weighted = new ArrayList<>(
                targets.stream().filter(target -> weight(target) > 0).toList());
        List<FallbackTarget> order = new ArrayList<>();
        while (!weighted.isEmpty()) {
            order.add(weighted.remove(draw(weighted, random)));
        }
        targets.stream().filter(target -> weight(target) == 0).forEach(order::add);
        return order;
    }

    private static int draw(List<FallbackTarget> weighted, RandomGenerator random) {
        if (weighted.size() == 1) {
            return 0;
        }
        int ticket =
                random.nextInt(weighted.stream().mapToInt(TargetChoice::weight).sum());
        int index = 0;
        while (ticket >= weight(weighted.get(index))) {
            ticket -= weight(weighted.get(index));
            index++;
        }
        return index;
    }

    private static int weight(FallbackTarget target) {
        return target.weight() == null ? 0 : target.weight();
    }
}
