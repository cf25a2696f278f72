package io.llmservice.api.v1alpha1;

import java.time.Duration;

/** Durations of the API: whole numbers with ms, s, m or h, one after another, such as 30s or 1h30m. */
public final class ApiDuration {

    static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h))+$";

    private static final java.util.regex.Pattern PART = java.util.regex.Pattern.compile("([0-9]+)(ms|s|m|h)");

    private ApiDuration() {}

    /** The duration that a field says; zero for a word that the schema would have refused. */
    public static Duration parse(String text) {
        return PART.matcher(text)
                .results()
                .map(part -> part(Long.parseLong(part.group(1)), part.group(2)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Duration part(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
