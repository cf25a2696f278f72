package io.llmservice.planner.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.BedrockTarget;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.ManagedSageMakerEndpoint;
import io.llmservice.api.v1alpha1.OpenAiTarget;
import io.llmservice.api.v1alpha1.SageMakerTarget;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant goes nowhere that the administrator did not list, and nobody reaches metadata. */
@SuppressWarnings("NullAway") // records fill in what is left out
class FallbackPolicyTest {

    private static final FallbackPolicy EVERYTHING =
            hosts("http://*", "http://*.svc", "http://0.0.0.0/0", "http://::/0", "http://metadata.google.internal");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "169.254.170.2",
                "169.254.170.23",
                "2852039166",
                "0xa9fea9fe",
                "0xA9.0xFE.0xA9.0xFE",
                "0251.0376.0251.0376",
                "169.16689662",
                "169.254.43518",
                "0169.254.169.254",
                "169.254.169.254.",
                "[::ffff:169.254.169.254]",
                "[::ffff:a9fe:a9fe]",
                "[0:0:0:0:0:ffff:a9fe:a9fe]",
                "[::169.254.169.254]",
                "[::ffff:0:a9fe:a9fe]",
                "[64:ff9b::a9fe:a9fe]",
                "[2002:a9fe:a9fe::1]",
                "[fe80::1]",
                "[fe80::1%25eth0]",
                "[febf::1]",
                "[fd00:ec2::254]",
                "[fd00:ec2::23]",
                "metadata.google.internal",
                "METADATA.google.INTERNAL.",
                "metadata",
                "0.0.0.0",
                "0",
                "[::]",
                "255.255.255.255",
                "224.0.0.1",
                "169.254.169.254%2f",
                "１６９.254.169.254",
                "169。254。169。254"
            })
    void metadataAndLinkLocalAreRefusedHoweverTheyAreWritten(String host) {
        assertThat(refusal(EVERYTHING, "http://" + host + "/v1")).isPresent();
        assertThat(refusal(FallbackPolicy.administratorsOwn(), "http://" + host + "/v1"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@api.example.com/v1",
                "https://api.example.com:pw@169.254.169.254/v1",
                "https://api.example.com@evil.example/v1",
                "ftp://api.example.com/v1",
                "https:///v1",
                "https://",
                "https://api.example.com\\@evil.example/v1",
                "//api.example.com/v1",
                "not a url"
            })
    void whatIsNoPlainUrlIsRefused(String url) {
        assertThat(refusal(EVERYTHING, url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost.",
                "vllm",
                "vllm.team.svc",
                "vllm.team.svc.cluster.local",
                "kubernetes.default.svc.cluster.local.",
                "kubernetes.default.svc.corp.example",
                "127.0.0.1",
                "10.0.0.1",
                "172.20.0.1",
                "192.168.1.1",
                "100.64.0.1",
                "[::1]",
                "[fd12::1]",
                "[::ffff:10.0.0.1]"
            })
    void aStarDoesNotMeanTheClusterItself(String host) {
        assertThat(refusal(hosts("*"), "https://" + host + "/v1"))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("allowed.fallback.hosts"));
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost",
        "*.svc, vllm.team.svc",
        "127.0.0.0/8, 127.0.0.7",
        "127.*, 127.0.0.7",
        "10.1.2.3, 10.1.2.3",
        "::1, [::1]",
        "fd00::/8, [fd12::1]",
        "vllm.team.svc.cluster.local, vllm.team.svc.cluster.local",
        "API.example.com, api.EXAMPLE.com",
        "*.example.com, a.b.example.com",
        "*, api.example.com"
    })
    void whatIsListedIsAllowed(String entry, String host) {
        assertThat(refusal(hosts(entry), "https://" + host + ":8443/v1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "*.example.com, example.com.evil.net",
        "*.example.com, example.com",
        "api.example.com, api.example.com.evil.net",
        "api.example.com, xapi.example.com",
        "10.0.0.0/8, 11.0.0.1",
        "other=api.example.com, api.example.com"
    })
    void whatOnlyLooksListedIsRefused(String entry, String host) {
        assertThat(refusal(hosts(entry), "https://" + host + "/v1")).isPresent();
    }

    @Test
    void nothingListedAllowsNothing() {
        var nothing = FallbackPolicy.of(FallbackLimits.NOTHING);
        assertThat(refusal(nothing, "https://api.openai.com/v1"))
                .contains(
                        "host api.openai.com is not allowed for namespace team; choose another, or have it added to the"
                                + " chart value allowed.fallback.hosts");
        assertThat(nothing.refusal("team", endpoint("prod"))).isPresent();
        assertThat(nothing.refusal("team", bedrock("amazon.nova-lite-v1:0"))).isPresent();
        assertThat(nothing.refusal("team", managed(null, null))).isPresent();
    }

    @Test
    void plainHttpMustBeAllowedAsSuch() {
        assertThat(refusal(hosts("lb.example.com"), "http://lb.example.com/v1"))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("use https", "http://lb.example.com"));
        assertThat(refusal(hosts("http://lb.example.com"), "http://lb.example.com/v1"))
                .isEmpty();
        assertThat(refusal(hosts("http://lb.example.com"), "https://lb.example.com/v1"))
                .isEmpty();
    }

    @Test
    void anEntryMayBeForOneNamespace() {
        var policy = FallbackPolicy.of(new FallbackLimits(
                List.of("team=api.example.com"),
                List.of("team-*=prod-*"),
                List.of("team=amazon.nova-*"),
                FallbackLimits.Managed.NOTHING));
        assertThat(refusal(policy, "https://api.example.com/v1")).isEmpty();
        assertThat(policy.refusal("other", openAi("https://api.example.com/v1")))
                .isPresent();
        assertThat(policy.refusal("team-a", endpoint("prod-1"))).isEmpty();
        assertThat(policy.refusal("team-a", endpoint("dev"))).isPresent();
        assertThat(policy.refusal("tea", endpoint("prod-1"))).isPresent();
        assertThat(policy.refusal("team", bedrock("amazon.nova-lite-v1:0"))).isEmpty();
        assertThat(policy.refusal("team", bedrock("anthropic.claude"))).isPresent();
    }

    /** A name may lead elsewhere than it says, and elsewhere again the next time. */
    @Test
    void whereANameLeadsIsHeldAgainstTheSameRules() {
        var star = hosts("*.example.com");
        assertThat(resolved(star, "169.254.169.254")).isPresent();
        assertThat(resolved(star, "::ffff:0:a9fe:a9fe")).isPresent();
        assertThat(resolved(star, "127.0.0.1")).isPresent();
        assertThat(resolved(star, "10.0.0.1"))
                .hasValueSatisfying(refusal ->
                        assertThat(refusal).contains("api.example.com", "10.0.0.1", "allowed.fallback.hosts"));
        assertThat(resolved(star, "93.184.215.14")).isEmpty();
        assertThat(resolved(hosts("*.example.com", "10.0.0.0/8"), "10.0.0.1")).isEmpty();
        var named = hosts("api.example.com");
        assertThat(resolved(named, "10.0.0.1")).isEmpty();
        assertThat(resolved(named, "169.254.169.254")).isPresent();
    }

    @Test
    void aManagedEndpointTakesOnlyWhatIsListedOrTheDefault() {
        var policy = FallbackPolicy.of(new FallbackLimits(
                List.of(),
                List.of(),
                List.of(),
                new FallbackLimits.Managed(
                        List.of("ml.g5.*"),
                        List.of("arn:aws:iam::111122223333:role/serve-*"),
                        List.of("111122223333.dkr.ecr.*.amazonaws.com/vllm"),
                        Optional.of("arn:aws:iam::111122223333:role/standard"),
                        Optional.of("111122223333.dkr.ecr.eu-west-1.amazonaws.com/standard:1"))));
        assertThat(policy.refusal("team", managed(null, null))).isEmpty();
        assertThat(policy.refusal("team", managed("arn:aws:iam::111122223333:role/standard", null)))
                .isEmpty();
        assertThat(policy.refusal("team", managed("arn:aws:iam::111122223333:role/serve-a", null)))
                .isEmpty();
        assertThat(policy.refusal("team", managed("arn:aws:iam::111122223333:role/admin", null)))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("allowed.fallback.executionRoles"));
        assertThat(policy.refusal("team", managed(null, "111122223333.dkr.ecr.eu-west-1.amazonaws.com/vllm:2")))
                .isEmpty();
        assertThat(policy.refusal("team", managed(null, "docker.io/other:2")))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("allowed.fallback.images"));
        assertThat(FallbackPolicy.of(new FallbackLimits(
                                List.of(),
                                List.of(),
                                List.of(),
                                new FallbackLimits.Managed(
                                        List.of("*"), List.of(), List.of(), Optional.empty(), Optional.empty())))
                        .refusal("team", managed(null, null)))
                .hasValueSatisfying(refusal -> assertThat(refusal).contains("aws.sageMaker.executionRole"));
    }

    @ParameterizedTest
    @CsvSource({
        "a*b*c, aXbYc, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "*, '', true",
        "'', '', true",
        "a, ab, false"
    })
    void starsStandForAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(ScopedPattern.matches(pattern, name)).isEqualTo(matches);
    }

    private static FallbackPolicy hosts(String... entries) {
        return FallbackPolicy.of(
                new FallbackLimits(List.of(entries), List.of(), List.of(), FallbackLimits.Managed.NOTHING));
    }

    private static Optional<String> refusal(FallbackPolicy policy, String url) {
        return policy.refusal("team", openAi(url));
    }

    private static Optional<String> resolved(FallbackPolicy policy, String address) {
        return policy.refusal("team", openAi("https://api.example.com/v1"), InetAddress.ofLiteral(address));
    }

    private static FallbackTarget openAi(String url) {
        return target(null, null, new OpenAiTarget(url, null, null, Map.of()));
    }

    private static FallbackTarget bedrock(String model) {
        return target(null, new BedrockTarget(model, null, null, null), null);
    }

    private static FallbackTarget endpoint(String name) {
        return target(new SageMakerTarget(name, null, null, null, null), null, null);
    }

    private static FallbackTarget managed(String role, String image) {
        var managed = new ManagedSageMakerEndpoint("ml.g5.2xlarge", 1, null, image, role, null, null, null, null);
        return target(new SageMakerTarget(null, managed, null, null, null), null, null);
    }

    private static FallbackTarget target(SageMakerTarget sageMaker, BedrockTarget bedrock, OpenAiTarget openAi) {
        return new FallbackTarget("t", sageMaker, bedrock, openAi, null, null, null, null);
    }
}
