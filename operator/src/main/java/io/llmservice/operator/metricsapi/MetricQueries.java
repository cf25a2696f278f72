package io.llmservice.operator.metricsapi;

import io.llmservice.operator.metricsapi.pods.Gauge;
import io.llmservice.operator.metricsapi.pods.MalformedSelectorException;
import io.llmservice.operator.metricsapi.pods.PodReader;
import io.llmservice.operator.metricsapi.pods.PodTarget;
import io.llmservice.operator.metricsapi.pods.PodTargets;
import io.llmservice.operator.metricsapi.pods.Reading;
import io.llmservice.operator.metricsapi.pods.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Answers a query for a metric from the pods themselves. */
final class MetricQueries {
    private final PodTargets targets;
    private final PodReader reader;

    MetricQueries(PodTargets targets, PodReader reader) {
        this.targets = targets;
        this.reader = reader;
    }

    Reply answer(Route.Metric query, Map<String, String> parameters) {
        Optional<Gauge> gauge = Gauge.ofMetric(query.metric());
        if (gauge.isEmpty()) {
            return Reply.notFound("the server does not know the metric " + query.metric() + " for pods");
        }
        try {
            Selector pods = Selector.parse(parameters.getOrDefault("labelSelector", ""));
            Selector series = Selector.parse(parameters.getOrDefault("metricLabelSelector", ""));
            List<PodValue> values = values(query, gauge.get(), pods, series);
            // Whoever names one pod expects exactly one value, whoever selects takes what there is.
            return values.isEmpty() && !query.allPods()
                    ? Reply.notFound("no value of " + query.metric() + " for pod " + query.pod())
                    : Reply.ok(MetricValueList.of(query.version(), gauge.get(), series, values));
        } catch (MalformedSelectorException malformed) {
            return Reply.badRequest(malformed.problem());
        }
    }

    private List<PodValue> values(Route.Metric query, Gauge gauge, Selector pods, Selector series) {
        List<PodTarget> asked = targets.find(query.namespace(), pods).stream()
                .filter(target -> query.allPods() || target.name().equals(query.pod()))
                .toList();
        List<PodValue> values = new ArrayList<>();
        reader.read(asked).forEach((target, answer) -> {
            OptionalDouble value = answer.value(gauge, series);
            if (value.isPresent()) {
                values.add(value(target, answer, value.getAsDouble()));
            }
        });
        values.sort(Comparator.comparing(PodValue::pod));
        return values;
    }

    private static PodValue value(PodTarget target, Reading.Answered answer, double value) {
        return new PodValue(target.namespace(), target.name(), answer.at(), MilliQuantity.of(value));
    }
}
