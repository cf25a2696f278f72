package io.llmservice.planner.fallback;

import io.llmservice.planner.fallback.HostRules.Scheme;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which URLs a namespace may fall back to, and which addresses their hosts may lead to. */
final class UrlRules {

    private static final String SETTING = "the chart value allowed.fallback.hosts";

    private final HostRules hosts;
    private final boolean open;

    /**
     * @param open whether every host is allowed that is not refused always
     */
    UrlRules(List<String> entries, boolean open) {
        this.hosts = new HostRules(entries);
        this.open = open;
    }

    Optional<String> refusal(String namespace, String url) {
        return switch (Place.of(url)) {
            case Place.Unreadable unreadable -> Optional.of(unreadable.why());
            case Place.At at -> refusal(namespace, at);
        };
    }

    /** The same for the address that a host turned out to be; an address in the URL stands for itself. */
    Optional<String> refusal(String namespace, String url, InetAddress resolved) {
        return switch (Place.of(url)) {
            case Place.Unreadable unreadable -> Optional.of(unreadable.why());
            case Place.At at -> resolved(namespace, at, resolved);
        };
    }

    private Optional<String> refusal(String namespace, Place.At at) {
        if (HostRules.isMetadata(at.host())
                || at.literal().filter(Addresses::isNever).isPresent()) {
            return never(at.host());
        }
        if (open) {
            return Optional.empty();
        }
        if (!hosts.allows(namespace, at.scheme(), at.host())) {
            return Optional.of(
                    at.scheme() == Scheme.HTTP && hosts.allows(namespace, Scheme.HTTPS, at.host())
                            ? "plain http to host %s is not allowed; use https, or have http://%s added to %s"
                                    .formatted(at.host(), at.host(), SETTING)
                            : "host %s is not allowed for namespace %s; choose another, or have it added to %s"
                                    .formatted(at.host(), namespace, SETTING));
        }
        boolean hidden = at.literal().map(Addresses::isPrivate).orElseGet(() -> HostRules.isPrivateName(at.host()));
        return hidden && !hosts.namesPrivate(namespace, at.scheme(), at.host())
                ? Optional.of("host %s is inside the cluster or its network, and no entry names it; have it added to %s"
                        .formatted(at.host(), SETTING))
                : Optional.empty();
    }

    private Optional<String> resolved(String namespace, Place.At at, InetAddress address) {
        if (Addresses.isNever(address)) {
            return never(at.host() + " (" + address.getHostAddress() + ")");
        }
        var carried = Addresses.carried(address);
        return open
                        || !Addresses.isPrivate(address)
                        || hosts.namesPrivate(namespace, at.scheme(), at.host())
                        || hosts.listsAddress(namespace, carried)
                ? Optional.empty()
                : Optional.of(
                        "host %s leads to the private address %s; have the host in full, or the address, added to %s"
                                .formatted(at.host(), carried.getHostAddress(), SETTING));
    }

    private static Optional<String> never(String host) {
        return Optional.of(
                host + " is a link-local, metadata or reserved address, which no fallback may reach; give the"
                        + " address of a model service");
    }

    /** Where a URL leads. */
    private sealed interface Place {

        /**
         * @param host in lower case, without brackets and without the dot that ends a full name
         * @param literal the address, if the host is one
         */
        record At(Scheme scheme, String host, Optional<InetAddress> literal) implements Place {}

        record Unreadable(String why) implements Place {}

        static Place of(String url) {
            URI uri;
            try {
                uri = new URI(url);
            } catch (URISyntaxException e) {
                return new Unreadable("the url is not a URL; write it like https://host/v1");
            }
            var authority = uri.getRawAuthority();
            if (authority != null && authority.indexOf('@') >= 0) {
                return new Unreadable("the url holds a user name or password; put the key into a Secret and name it in"
                        + " apiKeySecretRef");
            }
            if (uri.getHost() == null) {
                // Also for names that only some programs take, such as those with an underscore or an encoded dot.
                return new Unreadable("the url has no host that can be read; write it like https://host/v1");
            }
            return at(uri);
        }

        private static Place at(URI uri) {
            var word = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!word.equals("http") && !word.equals("https")) {
                return new Unreadable("the url must begin with https:// or http://");
            }
            var host = uri.getHost()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("^\\[|]$", "")
                    .replaceAll("\\.+$", "");
            try {
                return new At(word.equals("http") ? Scheme.HTTP : Scheme.HTTPS, host, Addresses.literal(host));
            } catch (IllegalArgumentException disguised) {
                return new Unreadable(
                        "host " + host
                                + " is a number that programs read differently; write an address as four decimal numbers, or a name");
            }
        }
    }
}
