package io.llmservice.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "::ffff:169.254.169.254",
                "fe80::1%eth0",
                "fd00:ec2::254",
                "fd00:ec2:0:0:0:0:0:254",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "no address"
            })
    void addressesThatHandOutCredentialsAreNotCalled(String address) {
        assertThat(TargetAddresses.allowed(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "127.0.0.1", "203.0.113.9", "2001:db8::1"})
    void othersAre(String address) {
        assertThat(TargetAddresses.allowed(address)).isTrue();
    }
}
