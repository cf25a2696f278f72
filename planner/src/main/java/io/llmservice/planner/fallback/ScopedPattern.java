package io.llmservice.planner.fallback;

import java.util.List;

/**
 * One entry of the administrator's lists: for which namespaces, and what.
 *
 * @param namespace pattern of namespaces
 * @param pattern pattern of names
 */
record ScopedPattern(String namespace, String pattern) {

    /** Reads {@code namespace=pattern} or {@code pattern}. No name that is matched holds an equals sign. */
    static ScopedPattern parse(String entry) {
        int equals = entry.indexOf('=');
        return equals < 0
                ? new ScopedPattern("*", entry.strip())
                : new ScopedPattern(
                        entry.substring(0, equals).strip(),
                        entry.substring(equals + 1).strip());
    }

    static List<ScopedPattern> parse(List<String> entries) {
        return entries.stream().map(ScopedPattern::parse).toList();
    }

    boolean isFor(String otherNamespace) {
        return matches(namespace, otherNamespace);
    }

    boolean allows(String otherNamespace, String name) {
        return isFor(otherNamespace) && matches(pattern, name);
    }

    static boolean anyAllows(List<ScopedPattern> patterns, String namespace, String name) {
        for (var pattern : patterns) {
            if (pattern.allows(namespace, name)) {
                return true;
            }
        }
        return false;
    }

    /** Linear in the length of the name but for the last star met, so that no name can make it slow. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
