package io.llmservice.planner.fallback;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that share their first bits.
 *
 * @param network any address of the range
 * @param bits how many bits they share
 */
record AddressRange(InetAddress network, int bits) {

    /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}; empty for what is no range. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            var network = InetAddress.ofLiteral(text.substring(0, slash));
            int bits = Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > network.getAddress().length * Byte.SIZE
                    ? Optional.empty()
                    : Optional.of(new AddressRange(network, bits));
        } catch (IllegalArgumentException notARange) {
            return Optional.empty();
        }
    }

    static AddressRange of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
