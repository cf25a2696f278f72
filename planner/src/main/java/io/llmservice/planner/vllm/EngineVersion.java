package io.llmservice.planner.vllm;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of vLLM, as in {@code spec.engine.vllm.version}: knows its order and which features it has. */
public record EngineVersion(int major, int minor, int patch) implements Comparable<EngineVersion> {
    /** The first release whose flags are known here. */
    public static final EngineVersion OLDEST = new EngineVersion(0, 18, 0);

    /** The last release whose flags are known here. */
    public static final EngineVersion NEWEST = new EngineVersion(0, 32, 0);

    private static final Pattern FORM = Pattern.compile(
            "v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\.post\\d{1,4})?(?:\\+[A-Za-z0-9.]{1,40})?");
    private static final Comparator<EngineVersion> ORDER = Comparator.comparingInt(EngineVersion::major)
            .thenComparingInt(EngineVersion::minor)
            .thenComparingInt(EngineVersion::patch);

    public EngineVersion {
        if (major < 0 || minor < 0 || patch < 0) {
            throw new IllegalArgumentException("A version has no negative parts: " + major + "." + minor + "." + patch);
        }
    }

    /** Reads {@code 0.22.1}, {@code v0.32.0}, {@code 0.24} or {@code 0.22.1+cpu}; empty for anything else. */
    public static Optional<EngineVersion> tryParse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String patch = matcher.group(3);
        return Optional.of(new EngineVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch)));
    }

    /** As {@link #tryParse}, for text that was validated before; throws {@link IllegalArgumentException} otherwise. */
    public static EngineVersion parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException("Not a vLLM version such as 0.32.0: " + text));
    }

    /** Whether the tables of this package speak for this release: 0.18.0 up to any patch of 0.32. */
    public boolean isSupported() {
        return compareTo(OLDEST) >= 0 && (major < NEWEST.major || (major == NEWEST.major && minor <= NEWEST.minor));
    }

    /** Whether this release has {@code feature}. */
    public boolean has(EngineFeature feature) {
        return feature.in(this);
    }

    @Override
    public int compareTo(EngineVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
