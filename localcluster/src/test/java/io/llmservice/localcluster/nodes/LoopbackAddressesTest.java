package io.llmservice.localcluster.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackAddressesTest {
    private final LoopbackAddresses addresses = new LoopbackAddresses();

    @Test
    void noTwoPodsShareAnAddress() {
        Set<InetAddress> taken = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            taken.add(addresses.take(List.of()));
        }

        assertThat(taken).hasSize(300).allMatch(InetAddress::isLoopbackAddress);
    }

    @Test
    void addressesWherePortsAreTakenAreLeftOut() throws Exception {
        InetAddress first = addresses.take(List.of());
        InetAddress next = InetAddress.getByAddress(plusOne(first.getAddress()));
        try (ServerSocket socket = new ServerSocket(0, 1, next)) {
            InetAddress taken = addresses.take(List.of(socket.getLocalPort()));

            assertThat(taken).isNotEqualTo(next);
        }
    }

    private static byte[] plusOne(byte[] address) {
        byte[] next = address.clone();
        for (int i = 3; i > 0 && ++next[i] == 0; i--) {
            // the carry goes on to the next byte
        }
        return next;
    }
}
