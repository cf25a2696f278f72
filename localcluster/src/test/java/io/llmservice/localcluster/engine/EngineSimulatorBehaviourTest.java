package io.llmservice.localcluster.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmservice.localcluster.engine.EngineClient.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the simulator can show quickly: refused arguments, slow loads, full caches and hard ends. */
class EngineSimulatorBehaviourTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.22.1 | --max-num-queued-reqs=4 | unrecognized arguments: --max-num-queued-reqs",
                "0.32.0 | --calculate-kv-scales | unrecognized arguments: --calculate-kv-scales",
                "0.32.0 | --dtype=float8 | argument --dtype: invalid choice: 'float8'",
                "0.32.0 | --max-num-seqs | argument --max-num-seqs: expected one argument",
                "0.32.0 | --max-num=4 | ambiguous option: --max-num"
            })
    void endsWithUsageOnArgumentsThatItsVersionDoesNotKnow(String version, String argument, String message) {
        assertThatExceptionOfType(EngineExitException.class)
                .isThrownBy(() -> start(List.of(argument), Map.of("SIMULATOR_VLLM_VERSION", version)))
                .satisfies(exit -> assertThat(exit.exitCode()).isEqualTo(2))
                .withMessageStartingWith("usage: vllm serve")
                .withMessageContaining(message);
    }

    @Test
    void answersOnlyOnceItHasLoaded() throws EngineExitException {
        EngineSimulator simulator = start(List.of(), Map.of("SIMULATOR_LOAD_SECONDS", "600"));

        assertThat(simulator.ready().toCompletableFuture()).isNotDone();
        simulator.stop(Duration.ZERO);
        assertThat(simulator.exit().toCompletableFuture())
                .succeedsWithin(PATIENCE)
                .isEqualTo(0);
    }

    @Test
    void endsWhenItsAddressIsTaken() throws EngineExitException {
        EngineSimulator first = start(List.of(), Map.of());
        EngineSimulator second = EngineSimulator.start(
                first.ready().toCompletableFuture().join(), List.of("tiny"), Map.of("SIMULATOR_LOAD_SECONDS", "0"));

        assertThat(second.exit().toCompletableFuture()).succeedsWithin(PATIENCE).isEqualTo(1);
    }

    @Test
    void cutsRunningAnswersWhenItHasNoTimeToShutDown() throws EngineExitException {
        EngineSimulator simulator = start(List.of(), Map.of("SIMULATOR_TOKENS_PER_SECOND", "10"));
        EngineClient client = client(simulator);
        CompletableFuture<Answer> answer = client.postAsync(CHAT, chat("long", 2000));
        await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_running") == 1);

        simulator.stop(Duration.ofSeconds(30));

        assertThat(simulator.exit().toCompletableFuture())
                .succeedsWithin(PATIENCE)
                .isEqualTo(0);
        assertThat(answer).failsWithin(PATIENCE);
    }

    @Test
    void givesTheSameAnswerToTheSameQuestion() throws EngineExitException {
        EngineClient client = client(start(List.of(), Map.of()));

        String first = content(client.post(CHAT, chat("Why is the sky blue?", 40)));
        assertThat(first).isNotBlank().isEqualTo(content(client.post(CHAT, chat("Why is the sky blue?", 40))));
        assertThat(content(client.post(CHAT, chat("Why is grass green?", 40)))).isNotEqualTo(first);
    }

    @Test
    void endsAnAnswerByItselfOrAtAStopString() throws EngineExitException {
        EngineClient client = client(start(List.of(), Map.of()));

        JsonNode free = client.post(CHAT, chat("Tell me something", 4000))
                .json()
                .path("choices")
                .path(0);
        assertThat(free.path("finish_reason").asText()).isEqualTo("stop");
        String text = free.path("message").path("content").asText();
        String stop = text.split(" ", -1)[3];

        String body =
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Tell me something\"}],\"stop\":[\"" + stop + "\"]}";
        JsonNode stopped = client.post(CHAT, body).json().path("choices").path(0);
        assertThat(stopped.path("stop_reason").asText()).isEqualTo(stop);
        assertThat(stopped.path("message").path("content").asText()).isEqualTo(text.substring(0, text.indexOf(stop)));
    }

    @Test
    void remembersPromptsThatItHasRead() throws EngineExitException {
        EngineClient client = client(start(List.of(), Map.of()));
        String question = "The same long beginning again and again, ".repeat(8);

        client.post(CHAT, chat(question, 1));
        assertThat(client.metric("vllm:prefix_cache_hits_total")).isZero();
        client.post(CHAT, chat(question, 1));
        assertThat(client.metric("vllm:prefix_cache_hits_total")).isPositive();
    }

    @Test
    void preemptsWhatTheCacheHasNoRoomFor() throws EngineExitException {
        EngineClient client = client(
                start(List.of("--max-num-seqs=4", "--max-model-len=256"), Map.of("SIMULATOR_CACHE_TOKENS", "320")));
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            answers.add(client.postAsync(CHAT, chat("Question " + index, 150)));
        }

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        assertThat(client.metric("vllm:num_preemptions_total")).isPositive();
        assertThat(client.metric("vllm:kv_cache_usage_perc")).isZero();
    }

    @Test
    void canRefuseAStreamInItsFirstEventAsVllmSometimesDoes() throws EngineExitException {
        EngineClient client = client(start(
                List.of("--max-num-queued-reqs=1"),
                Map.of("SIMULATOR_REFUSE_IN_STREAM", "true", "SIMULATOR_TOKENS_PER_SECOND", "50")));
        CompletableFuture<Answer> first = client.postAsync(CHAT, chat("long", 100));
        await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_running") == 1);

        Answer refused = client.post(CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":true}");

        assertThat(refused.status()).isEqualTo(200);
        List<String> events = EngineClient.events(refused.body());
        assertThat(events).hasSize(2).endsWith("[DONE]");
        assertThat(EngineClient.parse(events.getFirst())
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(503);
        assertThat(first.join().status()).isEqualTo(200);
    }

    @Test
    void countsTheTokensOfAnswers() throws EngineExitException {
        EngineClient client = client(start(List.of(), Map.of()));

        client.post(CHAT, chat("Count", 7));

        assertThat(client.metric("vllm:generation_tokens_total")).isEqualTo(7);
        assertThat(client.metric("vllm:request_success_total")).isEqualTo(1);
        assertThat(client.metric("vllm:time_to_first_token_seconds_count")).isEqualTo(1);
        assertThat(client.metric("vllm:inter_token_latency_seconds_count")).isEqualTo(6);
    }

    private EngineSimulator start(List<String> arguments, Map<String, String> environment) throws EngineExitException {
        Map<String, String> fast = new HashMap<>(Map.of(
                "SIMULATOR_LOAD_SECONDS", "0",
                "SIMULATOR_FIRST_TOKEN_SECONDS", "0.005",
                "SIMULATOR_TOKENS_PER_SECOND", "1000"));
        fast.putAll(environment);
        List<String> all = new ArrayList<>(List.of("tiny"));
        all.addAll(arguments);
        EngineSimulator simulator =
                EngineSimulator.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), all, fast);
        opened.add(simulator);
        return simulator;
    }

    private EngineClient client(EngineSimulator simulator) {
        InetSocketAddress address = simulator.ready().toCompletableFuture().join();
        EngineClient client = new EngineClient(() -> address);
        opened.add(client);
        return client;
    }

    private static String chat(String content, int maxTokens) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"max_tokens\":%d%s}"
                .formatted(content, maxTokens, maxTokens < 4000 ? ",\"ignore_eos\":true" : "");
    }

    private static String content(Answer answer) {
        return answer.json()
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText();
    }
}
