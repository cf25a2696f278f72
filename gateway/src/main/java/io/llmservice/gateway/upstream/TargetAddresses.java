package io.llmservice.gateway.upstream;

import java.net.InetAddress;
import java.util.List;

/** Which addresses a target's name may stand for: never those by which a cloud hands out credentials. */
public final class TargetAddresses {

    /** The metadata services of EC2 over IP version 6, of ECS, of EKS's pod identity, and of Alibaba Cloud. */
    private static final List<InetAddress> METADATA = List.of(
            InetAddress.ofLiteral("fd00:ec2::254"),
            InetAddress.ofLiteral("fd00:ec2::23"),
            InetAddress.ofLiteral("100.100.100.200"));

    private TargetAddresses() {}

    /**
     * Whether a connection to the address may carry a request.
     *
     * @param address an IP address as text
     */
    public static boolean allowed(String address) {
        try {
            int zone = address.indexOf('%');
            InetAddress literal = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return !literal.isLinkLocalAddress()
                    && !literal.isAnyLocalAddress()
                    && !literal.isMulticastAddress()
                    && !METADATA.contains(literal);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }
}
