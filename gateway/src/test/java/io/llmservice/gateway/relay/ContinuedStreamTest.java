package io.llmservice.gateway.relay;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static io.llmservice.gateway.testing.ScriptedPod.WELL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.request.Usage;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RawClient;
import io.llmservice.gateway.testing.RunningGateway;
import io.llmservice.gateway.testing.ScriptedPod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // the constructors fill in what is left out
class ContinuedStreamTest {

    private static final GatewaySpec CONTINUES = new GatewaySpec(null, null, null, null, 100, true);

    /** The third character takes two tokens; vLLM sends an empty text for the first of them, others a replacement. */
    private static final List<String> ANSWER = List.of("Hel", "lo", " w", "", "ö", "\uFFFD", "€", "rld", "!");

    private static final String ASK =
            "{\"model\":\"m\",\"stream\":true,\"temperature\":0,%s\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    private static final String PLAIN = ASK.formatted("");
    private static final String WITH_USAGE = ASK.formatted("\"stream_options\":{\"include_usage\":true},");
    private static final String DONE = "data: [DONE]\n\n";

    /** Role, tokens, usage and end: it may die before each of them but the first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
    void aClientDoesNotNoticeThatAPodDied(int chunks) throws Exception {
        for (String ask : List.of(PLAIN, WITH_USAGE)) {
            String undisturbed = stream(ask, new ScriptedPod("1", ANSWER, WELL));

            String continued = stream(ask, new ScriptedPod("1", ANSWER, chunks), new ScriptedPod("2", ANSWER, WELL));

            assertThat(continued)
                    .isEqualTo(undisturbed)
                    .endsWith(DONE)
                    .contains("rld")
                    .doesNotContain("token_ids");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void severalPodsMayDie(int chunks) throws Exception {
        String undisturbed = stream(WITH_USAGE, new ScriptedPod("1", ANSWER, WELL));

        String continued = stream(
                WITH_USAGE,
                new ScriptedPod("1", ANSWER, chunks),
                new ScriptedPod("2", ANSWER, 0),
                new ScriptedPod("3", ANSWER, 2),
                new ScriptedPod("4", ANSWER, WELL));

        assertThat(continued).isEqualTo(undisturbed);
    }

    @Test
    void anEngineThatSaysThatItDiesIsDeadToo() throws Exception {
        String undisturbed = stream(PLAIN, new ScriptedPod("1", ANSWER, WELL));

        String continued =
                stream(PLAIN, ScriptedPod.withDyingEngine("1", ANSWER, 3), new ScriptedPod("2", ANSWER, WELL));

        assertThat(continued).isEqualTo(undisturbed);
    }

    @Test
    void noMoreThanTheWantedTokensAreGenerated() throws Exception {
        String ask = ASK.formatted("\"max_tokens\":5,");
        String undisturbed = stream(ask, new ScriptedPod("1", ANSWER, WELL));

        for (int chunks = 1; chunks < 8; chunks++) {
            assertThat(stream(ask, new ScriptedPod("1", ANSWER, chunks), new ScriptedPod("2", ANSWER, WELL)))
                    .isEqualTo(undisturbed)
                    .contains("length")
                    .doesNotContain("rld");
        }
    }

    @Test
    void theRestIsAskedForByTokenIdsBeforeAnIncompleteCharacter() throws Exception {
        try (var dying = FakeUpstream.start(new ScriptedPod("1", ANSWER, 5));
                var other = FakeUpstream.start(new ScriptedPod("2", ANSWER, WELL));
                var gateway = RunningGateway.start(service("m", Optional.empty(), CONTINUES, dying, other))) {
            gateway.post(CHAT, ASK.formatted("\"max_tokens\":100,\"seed\":7,"));

            FakeUpstream.Received rest = other.received().getFirst();
            assertThat(rest.head()).startsWith("POST /v1/completions ");
            assertThat(rest.body())
                    .contains("\"prompt\":[901,902,903,0,1,2]", "\"max_tokens\":97", "\"temperature\":0")
                    .doesNotContain("seed", "messages");
        }
    }

    @Test
    void usageAndOutcomesAreThoseOfTheWhole() throws Exception {
        try (var dying = FakeUpstream.start(new ScriptedPod("1", ANSWER, 4));
                var other = FakeUpstream.start(new ScriptedPod("2", ANSWER, WELL));
                var gateway = RunningGateway.start(service("m", Optional.empty(), CONTINUES, dying, other))) {
            gateway.post(CHAT, PLAIN);

            await().until(() -> gateway.admission().used().size() == 1);
            assertThat(gateway.admission().used()).containsExactly(new Usage(3, ANSWER.size(), false));
            assertThat(gateway.dispatch().outcomes()).containsExactly(Outcome.FAILED_MIDWAY, Outcome.ANSWERED);
            assertThat(gateway.dispatch().firstTokens()).isEqualTo(2);
        }
    }

    @Test
    void aPodThatIsFullIsPassedOver() throws Exception {
        String undisturbed = stream(PLAIN, new ScriptedPod("1", ANSWER, WELL));

        String continued = stream(
                PLAIN,
                new ScriptedPod("1", ANSWER, 3),
                (request, client) -> client.json(503, "{\"error\":{\"message\":\"full\"}}"),
                (request, client) -> {
                    client.streamHead();
                    client.chunk("data: {\"error\":{\"message\":\"full\",\"code\":503}}\n\n" + DONE);
                    client.endChunks();
                },
                new ScriptedPod("4", ANSWER, WELL));

        assertThat(continued).isEqualTo(undisturbed);
    }

    @Test
    void whereNobodyIsLeftTheStreamEndsWithAnError() throws Exception {
        assertThat(stream(PLAIN, new ScriptedPod("1", ANSWER, 3)))
                .contains("Hel", "\"lo\"", "data: {\"error\":{\"message\":")
                .endsWith("}}\n\n");
        assertThat(stream(PLAIN, ScriptedPod.withDyingEngine("1", ANSWER, 3)))
                .contains("\"lo\"")
                .containsOnlyOnce("data: {\"error\":{\"message\":");
        assertThat(stream(PLAIN, new ScriptedPod("1", ANSWER, 3), new ScriptedPod("2", ANSWER, 2)))
                .contains("\"lo\"", "data: {\"error\":{\"message\":")
                .endsWith("}}\n\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tools\":[],",
                "\"n\":2,",
                "\"stop\":[\"x\"],",
                "\"logprobs\":true,",
                "\"min_tokens\":3,",
                "\"logit_bias\":{},",
                "\"presence_penalty\":1,",
                "\"repetition_penalty\":1.1,",
                "\"response_format\":{\"type\":\"json_object\"},",
                "\"structured_outputs\":{},",
                "\"guided_json\":{},",
                "\"reasoning_effort\":\"low\",",
                "\"chat_template_kwargs\":{},"
            })
    void whatCouldGoOnDifferentlyEndsWithAnError(String field) throws Exception {
        try (var dying = FakeUpstream.start(new ScriptedPod("1", ANSWER, 3));
                var other = FakeUpstream.start(new ScriptedPod("2", ANSWER, WELL));
                var gateway = RunningGateway.start(service("m", Optional.empty(), CONTINUES, dying, other))) {
            assertThat(gateway.post(CHAT, ASK.formatted(field)).body()).contains("data: {\"error\":");
            assertThat(dying.received().getFirst().body()).doesNotContain("return_token_ids");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void reasoningIsNotGoneOnWith() throws Exception {
        String thought =
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning\":\"Hm\"},\"finish_reason\":null,\"token_ids\":[1]}]}\n\n";
        String seen = stream(
                PLAIN,
                (request, client) -> {
                    client.streamHead();
                    client.chunk(thought);
                    client.hangUp();
                },
                new ScriptedPod("2", ANSWER, WELL));

        assertThat(seen).contains("Hm", "data: {\"error\":").doesNotContain("token_ids", "Hel");
    }

    @Test
    void aServiceThatDoesNotWantItIsAskedAsBefore() throws Exception {
        try (var dying = FakeUpstream.start(new ScriptedPod("1", ANSWER, 3));
                var other = FakeUpstream.start(new ScriptedPod("2", ANSWER, WELL));
                var gateway = RunningGateway.start(service("m", dying, other))) {
            assertThat(gateway.post(CHAT, WITH_USAGE).body()).contains("data: {\"error\":");
            assertThat(dying.received().getFirst().body()).isEqualTo(WITH_USAGE);
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesEndsTheWorkOfWhoGoesOn() throws Exception {
        var left = new CountDownLatch(1);
        try (var dying = FakeUpstream.start(new ScriptedPod("1", ANSWER, 3));
                var other = FakeUpstream.start((request, client) -> {
                    client.awaitHangUp();
                    left.countDown();
                });
                var gateway = RunningGateway.start(service("m", Optional.empty(), CONTINUES, dying, other))) {
            try (var client = gateway.raw()) {
                client.send(RawClient.post(CHAT, PLAIN)).readUntil("\"content\":\"lo\"");
                await().until(() -> other.received().size() == 1);
            }
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
            await().until(() ->
                    gateway.dispatch().outcomes().equals(List.of(Outcome.FAILED_MIDWAY, Outcome.CANCELLED)));
            assertThat(gateway.admission().used()).hasSize(1);
        }
    }

    private static String stream(String ask, FakeUpstream.Script... scripts) throws Exception {
        var pods = new ArrayList<FakeUpstream>();
        for (FakeUpstream.Script script : scripts) {
            pods.add(FakeUpstream.start(script));
        }
        try (var gateway =
                RunningGateway.start(service("m", Optional.empty(), CONTINUES, pods.toArray(FakeUpstream[]::new)))) {
            return gateway.post(CHAT, ask).body();
        } finally {
            pods.forEach(FakeUpstream::close);
        }
    }
}
