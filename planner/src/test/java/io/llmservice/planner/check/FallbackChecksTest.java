package io.llmservice.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Identity;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.decision.Observation;
import io.llmservice.planner.decision.Problem;
import io.llmservice.planner.decision.Reason;
import io.llmservice.planner.decision.Reference;
import io.llmservice.planner.decision.Sibling;
import io.llmservice.planner.fallback.FallbackLimits;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A fallback that cannot work is told with the way out, and what serves goes on. */
class FallbackChecksTest {

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final Planning PLANNING = Planning.standard()
            .withFallback(
                    new FallbackLimits(List.of("*.example.com"), List.of(), List.of(), FallbackLimits.Managed.NOTHING));

    @Test
    void aBadFallbackHoldsNothing() {
        var service = Manifests.withSpec(QWEN + targets(openAi("a", "https://elsewhere.net/v1", "{}")));
        assertThat(PLANNING.proceed(service, FakeCluster.nothing())).isNotNull();
        assertThat(problem(openAi("a", "https://elsewhere.net/v1", "{}"))).hasValueSatisfying(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.NotAllowed);
            assertThat(problem.message()).contains("spec.fallback.targets[a]", "allowed.fallback.hosts");
        });
    }

    @Test
    void aGoodFallbackHasNoProblem() {
        assertThat(problem(openAi("a", "https://api.example.com/v1", "{x-team: search}")))
                .isEmpty();
    }

    @Test
    void twoTargetsOfOneNameAreRefused() {
        var target = openAi("a", "https://api.example.com/v1", "{}");
        assertThat(problem(target + ", " + target))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("two are named a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "HOST",
                "content-length",
                "Transfer-Encoding",
                "Connection",
                "TE",
                "Upgrade",
                "X-Forwarded-For",
                "Proxy-Authorization",
                "Cookie",
                "bad name",
                "naïve"
            })
    void headersOfTheGatewayAreRefused(String header) {
        assertThat(problem(openAi("a", "https://api.example.com/v1", "{\"" + header + "\": x}")))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("openAi.headers", "header"));
    }

    @Test
    void aHeaderCannotSmuggleAnother() {
        assertThat(problem(openAi("a", "https://api.example.com/v1", "{x-a: \"b\\r\\nHost: c\"}")))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "breaker: {openFor: 0s}|breaker.openFor",
                "ejection: {noTokenAfter: 0m0s}|ejection.noTokenAfter",
                "when: {errorRate: {window: 0s}}|when.errorRate.window",
                "when: {saturation: {sustainedFor: 0ms}}|when.saturation.sustainedFor"
            })
    void noTimeAtAllIsRefused(String more, String field) {
        assertThat(problem(openAi("a", "https://api.example.com/v1", "{}"), more, FakeCluster.nothing()))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains(field, "no time at all"));
    }

    @Test
    void aSiblingThatIsNotThereIsNamed() {
        assertThat(problem("{name: a, llmService: {name: small}}")).hasValueSatisfying(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.ReferenceMissing);
            assertThat(problem.message()).contains("LlmService small");
        });
    }

    @Test
    void aCircleOfServicesIsShown() {
        var cluster = new FakeCluster();
        join(cluster, "small", List.of("tiny"));
        join(cluster, "tiny", List.of("chat", "gone"));
        assertThat(problem("{name: a, llmService: {name: small}}", "", cluster.observe()))
                .hasValueSatisfying(problem -> {
                    assertThat(problem.reason()).isEqualTo(Reason.FallbackCycle);
                    assertThat(problem.message()).contains("chat → small → tiny → chat");
                });
        assertThat(problem("{name: a, llmService: {name: chat}}"))
                .hasValueSatisfying(problem -> assertThat(problem.message()).contains("chat → chat"));
    }

    @Test
    void aChainThatEndsIsFine() {
        var cluster = new FakeCluster();
        join(cluster, "small", List.of("tiny"));
        join(cluster, "tiny", List.of("tiny"));
        assertThat(problem("{name: a, llmService: {name: small}}", "", cluster.observe()))
                .isEmpty();
    }

    /** The pods serve without a key of someone else's service. */
    @Test
    void aMissingSecretOfATargetDoesNotHoldThePlan() {
        var missing = new Reference(
                "spec.fallback.targets[a].openAi.apiKeySecretRef", "Secret", "vendor", Reference.State.MISSING, "");
        var keys = new Reference("spec.gateway.apiKeys.secretRef", "Secret", "clients", Reference.State.MISSING, "");
        var seen = FakeCluster.nothing();
        var observation = new Observation(
                seen.children(),
                seen.accepted(),
                seen.fleet(),
                seen.absentKinds(),
                List.of(missing, keys),
                List.of(),
                seen.now());
        var service = Manifests.withSpec(QWEN + targets(openAi("a", "https://api.example.com/v1", "{}")));
        assertThat(PLANNING.proceed(service, observation)).isNotNull();
        assertThat(PLANNING.planner().fallbackProblem(service, observation))
                .hasValueSatisfying(
                        problem -> assertThat(problem.message()).contains("Secret vendor is not in namespace"));
        assertThat(PLANNING.planner().apiKeysProblem(service, observation))
                .hasValueSatisfying(
                        problem -> assertThat(problem.message()).contains("Secret clients is not in namespace"));
    }

    private static void join(FakeCluster cluster, String name, List<String> fallsBackTo) {
        var namespace = Manifests.withSpec(QWEN).getMetadata().getNamespace();
        cluster.join(new Sibling(
                new Identity(namespace, name, "uid-of-" + name), "2026-01-01T00:00:00Z", name, 1, fallsBackTo));
    }

    private static Optional<Problem> problem(String targets) {
        return problem(targets, "", FakeCluster.nothing());
    }

    private static Optional<Problem> problem(String targets, String more, Observation observation) {
        return PLANNING.planner()
                .fallbackProblem(Manifests.withSpec(QWEN + targets(targets) + "  " + more + "\n"), observation);
    }

    private static String targets(String targets) {
        return "fallback:\n  targets: [" + targets + "]\n";
    }

    private static String openAi(String name, String url, String headers) {
        return "{name: %s, openAi: {url: '%s', headers: %s}}".formatted(name, url, headers);
    }
}
