package io.llmservice.gateway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** A pod that always gives one answer, chunk by chunk in vLLM's form, or its rest after token ids; some die on the way. */
public final class ScriptedPod implements FakeUpstream.Script {

    /** Never dies. */
    public static final int WELL = Integer.MAX_VALUE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] PROMPT = {901, 902, 903};

    private final String id;
    private final List<String> answer;
    private final int dies;
    private final boolean says;

    /**
     * @param answer the text of each token; the token ids are their places
     * @param dies how many chunks it sends before it dies; the role, the tokens, the usage and the end are one each
     */
    public ScriptedPod(String id, List<String> answer, int dies) {
        this(id, answer, dies, false);
    }

    private ScriptedPod(String id, List<String> answer, int dies, boolean says) {
        this.id = id;
        this.answer = List.copyOf(answer);
        this.dies = dies;
        this.says = says;
    }

    /** One whose engine dies: its server says so in an event and ends the stream in order. */
    public static ScriptedPod withDyingEngine(String id, List<String> answer, int dies) {
        return new ScriptedPod(id, answer, dies, true);
    }

    @Override
    public void answer(FakeUpstream.Received request, FakeUpstream.Client client) throws IOException {
        JsonNode body = JSON.readTree(request.body());
        boolean chat = request.head().startsWith("POST /v1/chat/completions ");
        boolean ids = body.path("return_token_ids").asBoolean();
        int from = chat ? 0 : body.path("prompt").size() - PROMPT.length;
        int most = body.path("max_tokens").asInt(chat ? answer.size() : 16);
        int to = Math.min(answer.size(), from + (body.path("max_tokens").isNull() ? answer.size() : most));
        var sender = new Sender(client);
        client.streamHead();
        if (chat) {
            sender.send(role(ids));
        }
        for (int i = from; i < to; i++) {
            sender.send(token(chat, ids, i, i == to - 1 ? (to == answer.size() ? "stop" : "length") : null));
        }
        int prompt = chat ? PROMPT.length : body.path("prompt").size();
        sender.send(usage(chat, prompt, to - from));
        sender.end();
    }

    private ObjectNode chunk(boolean chat) {
        return JSON.createObjectNode()
                .put("id", (chat ? "chatcmpl-" : "cmpl-") + id)
                .put("object", chat ? "chat.completion.chunk" : "text_completion")
                .put("created", id.hashCode())
                .put("model", "m");
    }

    private ObjectNode role(boolean ids) {
        ObjectNode chunk = chunk(true);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.putObject("delta").put("role", "assistant").put("content", "");
        choice.putNull("logprobs").putNull("finish_reason");
        if (ids) {
            ArrayNode prompt = chunk.putArray("prompt_token_ids");
            for (int token : PROMPT) {
                prompt.add(token);
            }
        }
        return chunk;
    }

    private ObjectNode token(boolean chat, boolean ids, int index, @org.jspecify.annotations.Nullable String finish) {
        ObjectNode chunk = chunk(chat);
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        if (chat) {
            choice.putObject("delta").put("content", answer.get(index));
        } else {
            choice.put("text", answer.get(index));
        }
        choice.putNull("logprobs").put("finish_reason", finish);
        if (finish != null || !chat) {
            choice.putNull("stop_reason");
        }
        if (ids) {
            choice.putArray("token_ids").add(index);
        }
        return chunk;
    }

    private ObjectNode usage(boolean chat, int prompt, int output) {
        ObjectNode chunk = chunk(chat);
        chunk.putArray("choices");
        chunk.putObject("usage")
                .put("prompt_tokens", prompt)
                .put("total_tokens", prompt + output)
                .put("completion_tokens", output);
        return chunk;
    }

    /** Sends until it is time to die. */
    private final class Sender {
        private final FakeUpstream.Client client;
        private int sent;

        private Sender(FakeUpstream.Client client) {
            this.client = client;
        }

        void send(ObjectNode chunk) throws IOException {
            send(chunk.toString());
        }

        void end() throws IOException {
            send("[DONE]");
            client.endChunks();
        }

        private void send(String data) throws IOException {
            if (sent++ == dies) {
                die();
            }
            client.chunk("data: " + data + "\n\n");
        }

        private void die() throws IOException {
            if (says) {
                client.chunk("data: {\"error\":{\"message\":\"EngineCore died\",\"code\":500}}\n\n");
                client.chunk("data: [DONE]\n\n");
                client.endChunks();
            }
            client.hangUp();
            throw new IOException("dead");
        }
    }
}
