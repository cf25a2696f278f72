package io.llmservice.localcluster.nodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback addresses, one to a pod.
 *
 * <p>Linux answers on all of 127.0.0.0/8. Several clusters may run on one machine, so an address is taken only if the
 * pod's ports are free on it; the first is a random one, and each next one follows.
 */
final class LoopbackAddresses {
    /** 127.1.0.0 to 127.254.255.255: what is below is left to everyone else. */
    private static final int FIRST = 1 << 16;

    private static final int END = 255 << 16;
    private static final int ATTEMPTS = 1000;

    private final Set<InetAddress> taken = new HashSet<>();
    private int next = ThreadLocalRandom.current().nextInt(FIRST, END);

    /** An address that nobody else has and on which {@code ports} can be listened on. */
    synchronized InetAddress take(Collection<Integer> ports) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            InetAddress candidate = address(next);
            next = next + 1 < END ? next + 1 : FIRST;
            if (!taken.contains(candidate) && canListen(candidate, ports)) {
                taken.add(candidate);
                return candidate;
            }
        }
        throw new IllegalStateException("Found no loopback address to listen on, ports " + ports
                + "; on systems other than Linux, addresses beside 127.0.0.1 have to be set up first");
    }

    synchronized void release(InetAddress address) {
        taken.remove(address);
    }

    private static InetAddress address(int host) {
        return InetAddress.ofLiteral("127.%d.%d.%d".formatted(host >> 16, host >> 8 & 0xFF, host & 0xFF));
    }

    private static boolean canListen(InetAddress address, Collection<Integer> ports) {
        Set<Integer> toTry = ports.isEmpty() ? Set.of(0) : Set.copyOf(ports);
        for (int port : toTry) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, port));
            } catch (IOException notFree) {
                return false;
            }
        }
        return true;
    }
}
