package io.llmservice.planner.vllm;

/** A stretch of releases, both ends included; a last release without a patch number means all of its patches. */
record VersionRange(EngineVersion first, EngineVersion last) {
    private static final EngineVersion ANY_FIRST = new EngineVersion(0, 0, 0);
    private static final EngineVersion ANY_LAST = new EngineVersion(Integer.MAX_VALUE, 0, 0);

    /** Reads two ends such as {@code 0.20} and {@code 0.27}; an empty end is open. */
    static VersionRange of(String since, String until) {
        return new VersionRange(
                since.isEmpty() ? ANY_FIRST : EngineVersion.parse(since), until.isEmpty() ? ANY_LAST : last(until));
    }

    /** Reads {@code 0.20}, {@code -0.27} or {@code 0.20-0.27}. */
    static VersionRange parse(String text) {
        int dash = text.indexOf('-');
        return dash < 0 ? of(text, "") : of(text.substring(0, dash), text.substring(dash + 1));
    }

    boolean contains(EngineVersion version) {
        return version.compareTo(first) >= 0 && version.compareTo(last) <= 0;
    }

    private static EngineVersion last(String text) {
        EngineVersion version = EngineVersion.parse(text);
        boolean wholeMinor = text.indexOf('.') == text.lastIndexOf('.');
        return wholeMinor ? new EngineVersion(version.major(), version.minor(), Integer.MAX_VALUE) : version;
    }
}
