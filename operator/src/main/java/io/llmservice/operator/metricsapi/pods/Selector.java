package io.llmservice.operator.metricsapi.pods;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A parsed label selector: all of its requirements must hold; an empty one matches everything. */
public record Selector(List<Requirement> requirements) {
    public static final Selector EVERYTHING = new Selector(List.of());

    public Selector {
        requirements = List.copyOf(requirements);
    }

    /**
     * Reads the text form of the API's {@code labelSelector} parameter: {@code =}, {@code ==}, {@code !=}, {@code in},
     * {@code notin}, {@code key} and {@code !key}, separated by commas.
     *
     * @throws MalformedSelectorException if the text is anything else, also for the numeric {@code <} and {@code >}
     */
    public static Selector parse(String text) throws MalformedSelectorException {
        return new Selector(new SelectorParser(text).parse());
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** The structured form that a metric value carries; empty for a selector of everything. */
    public Optional<LabelSelector> structured() {
        if (requirements.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> matchLabels = new TreeMap<>();
        List<LabelSelectorRequirement> expressions = new ArrayList<>();
        for (Requirement requirement : requirements) {
            switch (requirement) {
                case Requirement.Equal equal -> matchLabels.put(equal.key(), equal.value());
                case Requirement.In in -> expressions.add(expression(in, "In", in.values()));
                case Requirement.NotIn notIn -> expressions.add(expression(notIn, "NotIn", notIn.values()));
                case Requirement.Exists exists -> expressions.add(expression(exists, "Exists", List.of()));
                case Requirement.DoesNotExist absent -> expressions.add(expression(absent, "DoesNotExist", List.of()));
            }
        }
        return Optional.of(new LabelSelector(expressions, matchLabels));
    }

    private static LabelSelectorRequirement expression(Requirement requirement, String operator, List<String> values) {
        return new LabelSelectorRequirement(requirement.key(), operator, values);
    }
}
