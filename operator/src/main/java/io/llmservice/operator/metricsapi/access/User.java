package io.llmservice.operator.metricsapi.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The user for whom the front proxy asks, as it described them. */
public record User(String name, Optional<String> uid, List<String> groups, Map<String, List<String>> extra) {
    public User {
        groups = List.copyOf(groups);
        extra = extra.entrySet().stream()
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> List.copyOf(entry.getValue()),
                                (first, second) -> second,
                                TreeMap::new),
                        Map::copyOf));
    }
}
