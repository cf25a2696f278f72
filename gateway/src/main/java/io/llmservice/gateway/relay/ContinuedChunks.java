package io.llmservice.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What the client gets of a chat's stream that several pods give one after the other: the first one's chunks without their
 * token ids, and those that follow in the first one's likeness. Text whose last character is not complete waits.
 */
final class ContinuedChunks {

    private static final byte[] DONE = "[DONE]".getBytes(UTF_8);
    private static final byte[] DONE_EVENT = "data: [DONE]\n\n".getBytes(UTF_8);
    private static final String INCOMPLETE = "\uFFFD";

    /** No character takes so many tokens; whoever sends that much without text is not waited for. */
    private static final int MOST_HELD = 64 * 1024;

    private final TokenLedger ledger;
    private final Buffer none = Buffer.buffer();
    private Buffer held = Buffer.buffer();
    private @Nullable ObjectNode first;
    private @Nullable ObjectNode model;
    private boolean again;
    private boolean rest;
    private int before;
    private boolean plain = true;
    private boolean begun;
    private boolean answering;
    private boolean finished;
    private boolean usageSeen;
    private boolean done;
    private byte @Nullable [] error;

    ContinuedChunks(TokenLedger ledger) {
        this.ledger = ledger;
    }

    /** What may be passed on now that an event has come. */
    Buffer accept(byte[] event) {
        int data = ChunkJson.data(event);
        if (data < 0) {
            return Buffer.buffer(event);
        }
        if (event.length < 32 && EventStream.indexOf(event, data, event.length, DONE) >= 0) {
            done = true;
            return passed(event);
        }
        if (isContinuable() && FirstEvent.error(event).orElse(0) >= 500) {
            error = event;
            return none;
        }
        ObjectNode chunk = ChunkJson.read(event, data).orElse(null);
        if (chunk == null || chunk.has("error")) {
            plain = false;
            return passed(event);
        }
        answering = true;
        return rest ? ofRest(chunk) : ofChat(chunk);
    }

    private Buffer ofChat(ObjectNode chunk) {
        JsonNode prompt = chunk.remove("prompt_token_ids");
        chunk.remove("prompt_text");
        if (prompt != null && prompt.isArray()) {
            ledger.prompt(prompt);
        }
        if (first == null) {
            first = chunk;
        } else if (again) {
            ChunkJson.identify(chunk, first);
        }
        ObjectNode choice = ChunkJson.choice(chunk);
        if (choice == null) {
            usageSeen |= chunk.path("usage").isObject();
            plain &= chunk.path("choices").isEmpty();
            return passed(ChunkJson.event(chunk));
        }
        JsonNode ids = choice.remove("token_ids");
        boolean counted = ids != null && !ids.isEmpty();
        JsonNode delta = choice.path("delta");
        String content = delta.path("content").asText("");
        boolean finishes = choice.hasNonNull("finish_reason");
        plain &= isPlain(delta) && (counted ? delta.has("content") || finishes : content.isEmpty());
        if (!counted && content.isEmpty() && !finishes) {
            return again ? none : passed(ChunkJson.event(chunk)); // the role, which the client has
        }
        model = chunk;
        if (counted) {
            ledger.generated(ids);
        }
        return text(ChunkJson.event(chunk), content, finishes);
    }

    private Buffer ofRest(ObjectNode chunk) {
        ObjectNode like = model;
        if (like == null) {
            throw new IllegalStateException("a rest is asked for only when something was sent");
        }
        ChunkJson.makeWhole(chunk, ledger.promptTokens(), before);
        ObjectNode choice = ChunkJson.choice(chunk);
        if (choice == null) {
            usageSeen |= chunk.path("usage").isObject();
            ChunkJson.identify(chunk, like);
            return passed(ChunkJson.event(chunk));
        }
        JsonNode ids = choice.path("token_ids");
        String content = choice.path("text").asText("");
        plain &= !ids.isEmpty() || content.isEmpty();
        ledger.generated(ids);
        boolean finishes = choice.hasNonNull("finish_reason");
        JsonNode finish = finishes ? choice.get("finish_reason") : NullNode.getInstance();
        ObjectNode translated = ChunkJson.like(like, content, finish);
        ObjectNode into = ChunkJson.choice(translated);
        if (finishes && into != null && choice.has("stop_reason")) {
            into.set("stop_reason", choice.get("stop_reason"));
        }
        for (String field : new String[] {"usage", "system_fingerprint"}) {
            if (chunk.has(field)) {
                translated.set(field, chunk.get(field));
            }
        }
        return text(ChunkJson.event(translated), content, finishes);
    }

    /** Text is passed on as soon as it ends with a whole character, and its tokens count from then. */
    private Buffer text(byte[] event, String content, boolean finishes) {
        finished |= finishes;
        boolean whole = finishes || (!content.isEmpty() && !content.endsWith(INCOMPLETE));
        if (whole || !plain) {
            ledger.commit();
            return passed(event);
        }
        held.appendBytes(event);
        if (held.length() > MOST_HELD) {
            plain = false;
            return passed(new byte[0]);
        }
        return none;
    }

    private Buffer passed(byte[] event) {
        begun = true;
        if (held.length() == 0) {
            return Buffer.buffer(event);
        }
        Buffer all = held.appendBytes(event);
        held = Buffer.buffer();
        return all;
    }

    /** Nothing but what is an empty text or a role. Reasoning and calls of tools are another parser's work. */
    private static boolean isPlain(JsonNode delta) {
        for (Iterator<String> names = delta.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = delta.get(name);
            boolean empty = value.isNull() || (value.isContainerNode() && value.isEmpty());
            if (!empty && !name.equals("role") && !name.equals("content")) {
                return false;
            }
        }
        return true;
    }

    /**
     * Another pod goes on. What was not sent is forgotten.
     *
     * @return whether the rest is to be asked for; the whole chat, if nothing of the text was sent
     */
    boolean handOver() {
        ledger.rollBack();
        held = Buffer.buffer();
        error = null;
        answering = false;
        before = ledger.sent();
        rest = before > 0;
        again = true;
        return rest;
    }

    /** What is missing when all of the text has come but not all that goes after it. */
    Buffer ending() {
        Buffer end = Buffer.buffer();
        ObjectNode like = model;
        if (like != null && !finished) {
            ledger.rollBack();
            held = Buffer.buffer();
            ObjectNode last = ChunkJson.like(like, "", TextNode.valueOf("length"));
            end.appendBytes(ChunkJson.event(last));
        }
        if (like != null && !usageSeen) {
            end.appendBytes(ChunkJson.event(ChunkJson.usage(like, ledger)));
        }
        return done ? end : end.appendBytes(DONE_EVENT);
    }

    /** How the attempt of the pod that has just died ended. */
    Outcome outcome() {
        if (answering) {
            return Outcome.FAILED_MIDWAY;
        }
        int status = error == null ? 0 : FirstEvent.error(error).orElse(0);
        return status == 503 ? Outcome.BUSY : Outcome.FAILED_BEFORE_FIRST_BYTE;
    }

    /** Whether another pod can go on from here. */
    boolean isContinuable() {
        return begun && plain && (ledger.sent() == 0 || ledger.knowsPrompt());
    }

    boolean isFinished() {
        return finished && plain && ledger.knowsPrompt();
    }

    boolean isDone() {
        return done;
    }

    /** An error of the pod's, which is kept from the client while there is somebody else. */
    byte @Nullable [] error() {
        return error;
    }

    /** What the client gets when nobody goes on: all that waited. */
    Buffer lastWords() {
        return passed(new byte[0]);
    }
}
