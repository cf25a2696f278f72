package io.llmservice.localcluster.engine;

import static io.llmservice.localcluster.engine.EngineClient.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmservice.localcluster.engine.EngineClient.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every engine of the local cluster does, the simulator and the real vLLM alike: names of metrics, shapes of
 * answers, errors and streams, the bound on the queue, and the end on SIGTERM.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class EngineConformance {
    static final int SLOTS = 2;
    static final int IN_FLIGHT = 4;
    static final int CONTEXT = 512;
    static final List<String> ARGUMENTS = List.of(
            "--served-model-name=tiny",
            "--max-model-len=" + CONTEXT,
            "--max-num-seqs=" + SLOTS,
            "--max-num-queued-reqs=" + IN_FLIGHT,
            "--shutdown-timeout=20");

    private static final String CHAT = "/v1/chat/completions";
    private static final String COMPLETIONS = "/v1/completions";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineClient client = new EngineClient(this::address);

    /** Where the engine is that was started with {@link #ARGUMENTS}; waits until it answers. */
    abstract InetSocketAddress address();

    /** Does what SIGTERM does, without waiting. */
    abstract void terminate();

    /** Completes when the engine has ended. */
    abstract CompletableFuture<Integer> exit();

    @AfterAll
    void closeClient() {
        client.close();
    }

    @Test
    @Order(1)
    void isHealthyAndNamesItsModel() {
        assertThat(client.get("/health")).isEqualTo(new Answer(200, ""));
        assertThat(client.get("/ping").status()).isEqualTo(200);
        assertThat(client.get("/load").json().path("server_load").isInt()).isTrue();
        assertThat(client.get("/version").json().path("version").isTextual()).isTrue();

        JsonNode model = client.get("/v1/models").json().path("data").path(0);
        assertThat(fields(model))
                .containsExactly(
                        "id", "object", "created", "owned_by", "root", "parent", "max_model_len", "permission");
        assertThat(model.path("id").asText()).isEqualTo("tiny");
        assertThat(model.path("max_model_len").asInt()).isEqualTo(CONTEXT);
    }

    @Test
    @Order(1)
    void countsTokensAsItChargesThem() {
        JsonNode tokenized =
                client.post("/tokenize", chat("Hello world", 1, "")).json();
        JsonNode usage = client.post(CHAT, chat("Hello world", 1, "")).json().path("usage");

        assertThat(fields(tokenized)).containsExactly("count", "max_model_len", "tokens", "token_strs");
        assertThat(tokenized.path("count").asInt())
                .isEqualTo(tokenized.path("tokens").size())
                .isEqualTo(usage.path("prompt_tokens").asInt());
    }

    @Test
    @Order(1)
    void answersAChatWhole() {
        JsonNode answer = client.post(CHAT, chat("Hello", 3, ",\"return_token_ids\":true"))
                .json();

        assertThat(fields(answer))
                .containsExactly(
                        "id",
                        "object",
                        "created",
                        "model",
                        "choices",
                        "service_tier",
                        "system_fingerprint",
                        "usage",
                        "prompt_logprobs",
                        "prompt_token_ids",
                        "prompt_text",
                        "kv_transfer_params",
                        "ec_transfer_params",
                        "metrics");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        JsonNode choice = answer.path("choices").path(0);
        assertThat(fields(choice))
                .containsExactly(
                        "index", "message", "logprobs", "finish_reason", "stop_reason", "token_ids", "routed_experts");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
        assertThat(choice.path("token_ids")).hasSize(3);
        assertThat(fields(choice.path("message")))
                .containsExactly("role", "content", "refusal", "annotations", "audio", "function_call", "reasoning");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(3);
        assertThat(answer.path("prompt_token_ids"))
                .hasSize(answer.path("usage").path("prompt_tokens").asInt());
    }

    @Test
    @Order(1)
    void streamsAChat() {
        List<String> events = client.stream(CHAT, chat("Hello", 3, ",\"stream\":true"));

        assertThat(events).hasSize(5).endsWith("[DONE]");
        JsonNode role = EngineClient.parse(events.getFirst());
        assertThat(fields(role))
                .containsExactly("id", "object", "created", "model", "choices", "prompt_token_ids", "prompt_text");
        assertThat(role.path("choices").path(0).path("delta").toString())
                .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
        JsonNode token = EngineClient.parse(events.get(1)).path("choices").path(0);
        assertThat(fields(token)).containsExactly("index", "delta", "logprobs", "finish_reason", "token_ids");
        JsonNode last = EngineClient.parse(events.get(3));
        assertThat(fields(last)).containsExactly("id", "object", "created", "model", "choices", "system_fingerprint");
        assertThat(fields(last.path("choices").path(0)))
                .containsExactly("index", "delta", "logprobs", "finish_reason", "stop_reason", "token_ids");
        assertThat(last.path("choices").path(0).path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    @Order(1)
    void streamsUsageWhereItIsAskedFor() {
        List<String> events = client.stream(
                CHAT,
                chat(
                        "Hello",
                        2,
                        ",\"stream\":true,\"stream_options\":{\"include_usage\":true,"
                                + "\"continuous_usage_stats\":true},\"return_token_ids\":true"));

        assertThat(events).hasSize(5).endsWith("[DONE]");
        assertThat(events.subList(0, 4))
                .allSatisfy(event ->
                        assertThat(EngineClient.parse(event).has("usage")).isTrue());
        assertThat(EngineClient.parse(events.getFirst()).path("prompt_token_ids"))
                .isNotEmpty();
        assertThat(EngineClient.parse(events.get(1)).path("choices").path(0).path("token_ids"))
                .hasSize(1);
        JsonNode usage = EngineClient.parse(events.get(3));
        assertThat(usage.path("choices")).isEmpty();
        assertThat(fields(usage.path("usage"))).containsExactly("prompt_tokens", "total_tokens", "completion_tokens");
        assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(2);
    }

    @Test
    @Order(1)
    void completesAPrompt() {
        JsonNode answer = client.post(COMPLETIONS, "{\"prompt\":\"Hello\",\"ignore_eos\":true}")
                .json();

        assertThat(fields(answer))
                .containsExactly(
                        "id",
                        "object",
                        "created",
                        "model",
                        "choices",
                        "service_tier",
                        "system_fingerprint",
                        "usage",
                        "kv_transfer_params",
                        "ec_transfer_params",
                        "metrics");
        assertThat(fields(answer.path("choices").path(0)))
                .containsExactly(
                        "index",
                        "text",
                        "logprobs",
                        "finish_reason",
                        "stop_reason",
                        "token_ids",
                        "prompt_logprobs",
                        "prompt_token_ids",
                        "routed_experts");
        assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(16);

        List<String> events = client.stream(
                COMPLETIONS, "{\"model\":\"tiny\",\"prompt\":\"Hello\",\"max_tokens\":2,\"stream\":true}");
        assertThat(events).hasSize(3).endsWith("[DONE]");
        assertThat(fields(EngineClient.parse(events.getFirst()).path("choices").path(0)))
                .containsExactly(
                        "index", "text", "logprobs", "finish_reason", "stop_reason", "prompt_token_ids", "token_ids");
    }

    @Test
    @Order(1)
    void aPromptOfTokenIdsContinuesAnAnswerExactly() {
        String greedy = ",\"return_token_ids\":true,\"temperature\":0,\"ignore_eos\":true";
        JsonNode whole = client.post(CHAT, chat("Tell me a story", 12, greedy)).json();
        List<Integer> ids = new ArrayList<>();
        whole.path("prompt_token_ids").forEach(id -> ids.add(id.asInt()));
        JsonNode answer = whole.path("choices").path(0).path("token_ids");
        for (int index = 0; index < 5; index++) {
            ids.add(answer.get(index).asInt());
        }

        JsonNode rest = client.post(
                        COMPLETIONS, "{\"model\":\"tiny\",\"prompt\":" + ids + ",\"max_tokens\":7" + greedy + "}")
                .json();

        List<Integer> expected = new ArrayList<>();
        answer.forEach(id -> expected.add(id.asInt()));
        assertThat(rest.path("choices").path(0).path("token_ids").toString())
                .isEqualTo(expected.subList(5, 12).toString().replace(" ", ""));
    }

    @ParameterizedTest
    @Order(1)
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | NotFoundError | model | {\"model\":\"other\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "400 | BadRequestError | max_tokens |"
                        + " {\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":600}",
                "400 | BadRequestError | max_tokens |"
                        + " {\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"max_tokens\":0}",
                "400 | BadRequestError | temperature |"
                        + " {\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":-1}",
                "400 | BadRequestError | null | {\"model\":\"tiny\",\"messages\":[]}",
                "400 | Bad Request | body.messages | {\"model\":\"tiny\"}",
                "400 | Bad Request | body.28 | {\"model\":\"tiny\",\"messages\":["
            })
    void saysWhatIsWrongWithARequest(int status, String type, String parameter, String body) {
        Answer answer = client.post(CHAT, body);

        assertThat(answer.status()).isEqualTo(status);
        JsonNode error = answer.json().path("error");
        assertThat(fields(error)).containsExactly("message", "type", "param", "code");
        assertThat(error.path("type").asText()).isEqualTo(type);
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.path("message").asText()).isNotEmpty();
    }

    @Test
    @Order(1)
    void refusesAPromptThatIsTooLong() {
        JsonNode error =
                client.post(CHAT, chat("alpha beta ".repeat(700), 1, "")).json().path("error");

        assertThat(error.path("code").asInt()).isEqualTo(400);
        assertThat(error.path("param").asText()).isEqualTo("input_tokens");
        assertThat(error.path("message").asText())
                .startsWith("This model's maximum context length is 512 tokens. However, your prompt contains");
    }

    @Test
    @Order(1)
    void knowsItsRoutesAndMethods() {
        assertThat(client.get("/nope")).isEqualTo(new Answer(404, "{\"detail\":\"Not Found\"}"));
        assertThat(client.get(CHAT)).isEqualTo(new Answer(405, "{\"detail\":\"Method Not Allowed\"}"));
    }

    @ParameterizedTest
    @Order(2)
    @ValueSource(
            strings = {
                "vllm:num_requests_running gauge",
                "vllm:num_requests_waiting gauge",
                "vllm:num_requests_waiting_by_reason gauge",
                "vllm:kv_cache_usage_perc gauge",
                "vllm:prompt_tokens_total counter",
                "vllm:generation_tokens_total counter",
                "vllm:request_success_total counter",
                "vllm:num_preemptions_total counter",
                "vllm:prefix_cache_queries_total counter",
                "vllm:prefix_cache_hits_total counter",
                "vllm:admission_rejections_total counter",
                "vllm:time_to_first_token_seconds histogram",
                "vllm:inter_token_latency_seconds histogram",
                "vllm:e2e_request_latency_seconds histogram",
                "vllm:request_queue_time_seconds histogram",
                "vllm:request_generation_tokens histogram",
                "vllm:cache_config_info gauge"
            })
    void measuresUnderTheUsualNames(String family) {
        assertThat(client.get("/metrics").body()).contains("# TYPE " + family + "\n");
    }

    @Test
    @Order(2)
    void labelsItsMetrics() {
        String metrics = client.get("/metrics").body();

        assertThat(metrics)
                .contains("vllm:num_requests_running{engine=\"0\",model_name=\"tiny\"} 0.0")
                .contains("vllm:request_success_total{engine=\"0\",finished_reason=\"length\",model_name=\"tiny\"}")
                .contains("vllm:num_requests_waiting_by_reason{engine=\"0\",model_name=\"tiny\",reason=\"capacity\"}")
                .contains("vllm:admission_rejections_total{model_name=\"tiny\",reason=\"max_num_queued_reqs\"}")
                .containsPattern("vllm:cache_config_info\\{.*gpu_memory_utilization=\"0.92\".*num_gpu_blocks=\"\\d+\"");
    }

    @Test
    @Order(3)
    void runsWhatItHasSlotsForAndBoundsTheRest() {
        double refused = client.metric("vllm:admission_rejections_total");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int index = 0; index < IN_FLIGHT; index++) {
            answers.add(client.postAsync(CHAT, longChat(index, false)));
        }
        await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_waiting") == IN_FLIGHT - SLOTS);
        assertThat(client.metric("vllm:num_requests_running")).isEqualTo(SLOTS);
        assertThat(client.metric("vllm:kv_cache_usage_perc")).isPositive();

        Answer busy = client.post(CHAT, chat("one too many", 1, ""));

        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.json().path("error").path("type").asText()).isEqualTo("Service Unavailable");
        assertThat(busy.json().path("error").path("message").asText())
                .startsWith("The engine is currently busy and cannot accept new requests.");
        assertThat(client.metric("vllm:admission_rejections_total")).isEqualTo(refused + 1);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
        await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_running") == 0);
    }

    @ParameterizedTest
    @Order(3)
    @ValueSource(booleans = {true, false})
    void aClientThatLeavesFreesItsSlot(boolean stream) throws IOException {
        try (EngineClient leaving = new EngineClient(this::address)) {
            if (stream) {
                InputStream answer = leaving.open(CHAT, longChat(1, true));
                assertThat(answer.read()).isEqualTo('d');
                answer.close();
            } else {
                CompletableFuture<Answer> answer = leaving.postAsync(CHAT, longChat(1, false));
                await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_running") == 1);
                answer.cancel(true);
            }
        }

        await().atMost(Duration.ofSeconds(5)).until(() -> client.metric("vllm:num_requests_running") == 0);
    }

    @Test
    @Order(4)
    void finishesWhatItHasBegunOnSigterm() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int index = 0; index < IN_FLIGHT - 1; index++) {
            answers.add(client.postAsync(CHAT, longChat(index, true)));
        }
        await().atMost(PATIENCE).until(() -> client.metric("vllm:num_requests_waiting") == 1);

        terminate();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> client.post(CHAT, chat("too late", 1, "")).status() == 500);
        assertThat(client.post(CHAT, chat("too late", 1, ""))
                        .json()
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("cannot schedule new futures after shutdown");
        assertThat(client.get("/health").status()).isEqualTo(200);
        assertThat(client.get("/v1/models").status()).isEqualTo(200);
        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(EngineClient.events(answer.join().body())).endsWith("[DONE]"));
        assertThat(exit()).succeedsWithin(PATIENCE).isEqualTo(0);
    }

    private static String longChat(int seed, boolean stream) {
        return chat("Question " + seed, 480, ",\"min_tokens\":480,\"stream\":" + stream);
    }

    private static String chat(String content, int maxTokens, String more) {
        return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"" + content + "\"}],\"max_tokens\":"
                + maxTokens + more + "}";
    }
}
