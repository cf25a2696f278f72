package io.llmservice.planner.decision;

import io.llmservice.planner.plan.ServicePlan;
import io.llmservice.planner.plan.ServicePlan.Rung;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What one plan would change of another, in words. */
final class PlanDifference {

    private PlanDifference() {}

    /** One phrase for each part that differs, the most visible first; never empty where plans make other objects. */
    static List<String> words(ServicePlan now, ServicePlan other) {
        var words = new ArrayList<String>();
        add(words, "instance types", types(now), types(other));
        add(words, "GPUs", now.replica().gpus(), other.replica().gpus());
        add(words, "image", now.engine().image(), other.engine().image());
        add(words, "vLLM", now.engine().version(), other.engine().version());
        add(words, "context", now.engine().contextLength(), other.engine().contextLength());
        add(
                words,
                "concurrent requests",
                now.engine().maxConcurrentRequests(),
                other.engine().maxConcurrentRequests());
        add(
                words,
                "batched tokens",
                now.engine().maxBatchedTokens(),
                other.engine().maxBatchedTokens());
        add(words, "CPU millis", now.replica().cpuMillis(), other.replica().cpuMillis());
        add(words, "memory MiB", now.replica().memoryMiB(), other.replica().memoryMiB());
        add(words, "disk GiB", now.replica().diskGiB(), other.replica().diskGiB());
        add(words, "node volume GiB", now.replica().volumeGiB(), other.replica().volumeGiB());
        add(
                words,
                "cold start seconds",
                now.replica().coldStartSeconds(),
                other.replica().coldStartSeconds());
        if (!now.nodes().equals(other.nodes())) {
            words.add("another node class");
        }
        if (words.isEmpty()) {
            words.add("other estimates");
        }
        return words;
    }

    private static void add(List<String> words, String what, Object now, Object other) {
        if (!now.equals(other)) {
            words.add(what + " " + now + " → " + other);
        }
    }

    private static String types(ServicePlan plan) {
        return plan.ladder().stream().map(Rung::instanceType).collect(Collectors.joining(" "));
    }
}
