package io.llmservice.planner.fallback;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which hosts the administrator allows, and how much an entry says of private addresses. */
final class HostRules {

    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata.google.internal",
            "metadata",
            "metadata.goog",
            "instance-data",
            "instance-data.ec2.internal",
            "metadata.azure.internal");

    private static final List<String> PRIVATE_SUFFIXES =
            List.of(".svc", ".cluster.local", ".localhost", ".local", ".internal", ".localdomain", ".home.arpa");

    private final List<Rule> rules;

    HostRules(List<String> entries) {
        rules = entries.stream().map(ScopedPattern::parse).map(Rule::of).toList();
    }

    /** A name that leads to a cloud's metadata by convention. */
    static boolean isMetadata(String host) {
        return METADATA_NAMES.contains(host);
    }

    /** A name of this cluster, this machine or this network: one label, or a suffix that the public never has. */
    static boolean isPrivateName(String host) {
        return host.indexOf('.') < 0
                || host.contains(".svc.")
                || PRIVATE_SUFFIXES.stream().anyMatch(host::endsWith);
    }

    boolean allows(String namespace, Scheme scheme, String host) {
        return rules.stream().anyMatch(rule -> rule.covers(namespace, scheme, host));
    }

    /** Whether an entry names a private host as such: {@code *} alone does not mean the cluster's own services. */
    boolean namesPrivate(String namespace, Scheme scheme, String host) {
        return rules.stream().anyMatch(rule -> rule.reachesPrivate() && rule.covers(namespace, scheme, host));
    }

    /** Whether an entry is for this very address. */
    boolean listsAddress(String namespace, InetAddress address) {
        var text = address.getHostAddress();
        return rules.stream()
                .anyMatch(rule -> rule.scope().isFor(namespace)
                        && (rule.range().map(range -> range.contains(address)).orElse(false)
                                || (rule.isAddressPattern() && ScopedPattern.matches(rule.host(), text))));
    }

    /** How a request travels. */
    enum Scheme {
        HTTP,
        HTTPS
    }

    /**
     * One entry.
     *
     * @param scope for which namespaces
     * @param plain whether plain HTTP is allowed
     * @param host pattern of hosts, in lower case
     * @param range the range of addresses that it is instead
     */
    private record Rule(ScopedPattern scope, boolean plain, String host, Optional<AddressRange> range) {

        static Rule of(ScopedPattern scope) {
            var text = scope.pattern().toLowerCase(Locale.ROOT);
            boolean plain = text.startsWith("http://");
            var host = text.replaceFirst("^https?://", "");
            return new Rule(scope, plain, host.replaceAll("^\\[|]$", ""), AddressRange.parse(host));
        }

        boolean covers(String namespace, Scheme scheme, String name) {
            if (!scope.isFor(namespace) || (scheme == Scheme.HTTP && !plain)) {
                return false;
            }
            return range.isPresent()
                    ? Addresses.literal(name).map(range.get()::contains).orElse(false)
                    : ScopedPattern.matches(host, name);
        }

        /** An address pattern, a name in full, or stars before a private suffix. */
        boolean reachesPrivate() {
            return range.isPresent() || host.indexOf('*') < 0 || isAddressPattern() || endsPrivately();
        }

        boolean isAddressPattern() {
            return !host.equals("*")
                    && host.chars().allMatch(character -> "0123456789abcdef.:*".indexOf(character) >= 0)
                    && host.chars().anyMatch(character -> character == '.' || character == ':');
        }

        private boolean endsPrivately() {
            var literal = host.substring(host.lastIndexOf('*') + 1);
            return PRIVATE_SUFFIXES.stream().anyMatch(literal::endsWith);
        }
    }
}
