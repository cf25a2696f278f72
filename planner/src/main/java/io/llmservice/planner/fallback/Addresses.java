package io.llmservice.planner.fallback;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Which addresses nobody may reach through a fallback, and which only those that the administrator names. */
final class Addresses {

    /** Where clouds hand out credentials and facts to whoever asks, and what stands for "this host" or for many. */
    private static final List<AddressRange> NEVER = ranges(
            "169.254.0.0/16",
            "fe80::/10",
            // EC2's metadata, and EKS Pod Identity, over IPv6
            "fd00:ec2::/32",
            // Alibaba's metadata
            "100.100.100.200/32",
            // Azure's platform address
            "168.63.129.16/32",
            "0.0.0.0/8",
            "::/128",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "ff00::/8");

    /** Loopback, private use, shared address space, benchmarking, and IPv6's unique local and site-local addresses. */
    private static final List<AddressRange> PRIVATE = ranges(
            "127.0.0.0/8",
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "198.18.0.0/15",
            "::1/128",
            "fc00::/7",
            "fec0::/10");

    /** IPv6 addresses that carry an IPv4 address, and where in them it is. */
    private static final List<Carrier> CARRIERS = List.of(
            // Mapped; a literal of that prefix would be read as IPv4.
            new Carrier(new AddressRange(mapped(), 96), 12),
            // Compatible, translated, both prefixes of NAT64, 6to4
            new Carrier(AddressRange.of("::/96"), 12),
            new Carrier(AddressRange.of("::ffff:0:0:0/96"), 12),
            new Carrier(AddressRange.of("64:ff9b::/96"), 12),
            new Carrier(AddressRange.of("64:ff9b:1::/48"), 12),
            new Carrier(AddressRange.of("2002::/16"), 2));

    /** Where in the addresses of a range the IPv4 address begins, in bytes. */
    private record Carrier(AddressRange range, int offset) {}

    private Addresses() {}

    static boolean isNever(InetAddress address) {
        return contains(NEVER, carried(address));
    }

    static boolean isPrivate(InetAddress address) {
        return contains(PRIVATE, carried(address));
    }

    /** The IPv4 address inside of an IPv6 address that is only its clothing; otherwise the address itself. */
    static InetAddress carried(InetAddress address) {
        if (address instanceof Inet6Address six && !six.isLoopbackAddress() && !six.isAnyLocalAddress()) {
            byte[] bytes = six.getAddress();
            for (var carrier : CARRIERS) {
                if (carrier.range().contains(six)) {
                    return fromBytes(Arrays.copyOfRange(bytes, carrier.offset(), carrier.offset() + 4));
                }
            }
        }
        return address;
    }

    /**
     * The address that a host is, or empty for a name.
     *
     * @throws IllegalArgumentException for a number that is not four decimal numbers: programs disagree on what address
     *     it is, and those forms are written to deceive
     */
    static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') >= 0) {
            return Optional.of(Inet6Address.ofLiteral(host));
        }
        var last = host.substring(host.lastIndexOf('.') + 1);
        if (!isNumber(last)) {
            return Optional.empty();
        }
        var address = Inet4Address.ofLiteral(host);
        if (!address.getHostAddress().equals(host)) {
            throw new IllegalArgumentException(host);
        }
        return Optional.of(address);
    }

    /** Decimal, octal or hexadecimal: whoever ends like this is taken for an address by some program. */
    private static boolean isNumber(String label) {
        if (label.startsWith("0x")) {
            return label.chars().skip(2).allMatch(character -> Character.digit(character, 16) >= 0);
        }
        return !label.isEmpty() && label.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static boolean contains(List<AddressRange> ranges, InetAddress address) {
        for (var range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<AddressRange> ranges(String... texts) {
        return Arrays.stream(texts).map(AddressRange::of).toList();
    }

    private static InetAddress mapped() {
        byte[] mapped = new byte[16];
        mapped[10] = (byte) 0xff;
        mapped[11] = (byte) 0xff;
        try {
            return Inet6Address.getByAddress(null, mapped, -1);
        } catch (UnknownHostException sixteenBytesAreAnAddress) {
            throw new IllegalStateException(sixteenBytesAreAnAddress);
        }
    }

    private static InetAddress fromBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException fourBytesAreAnAddress) {
            throw new IllegalStateException(fourBytesAreAnAddress);
        }
    }
}
