package io.llmservice.operator.metricsapi.pods;

import java.util.List;
import java.util.Map;

/** One condition of a label selector, as the API server reads it. */
public sealed interface Requirement {

    String key();

    boolean matches(Map<String, String> labels);

    /** {@code key=value} */
    record Equal(String key, String value) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return value.equals(labels.get(key));
        }
    }

    /** {@code key in (a,b)} */
    record In(String key, List<String> values) implements Requirement {
        public In {
            values = values.stream().distinct().sorted().toList();
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key) && values.contains(labels.get(key));
        }
    }

    /** {@code key notin (a,b)} and {@code key!=a}; holds too where the label is absent. */
    record NotIn(String key, List<String> values) implements Requirement {
        public NotIn {
            values = values.stream().distinct().sorted().toList();
        }

        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key) || !values.contains(labels.get(key));
        }
    }

    /** {@code key} */
    record Exists(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return labels.containsKey(key);
        }
    }

    /** {@code !key} */
    record DoesNotExist(String key) implements Requirement {
        @Override
        public boolean matches(Map<String, String> labels) {
            return !labels.containsKey(key);
        }
    }
}
