package io.llmservice.standins.eventstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** AWS's own decoder reads what is written here. */
class EventStreamMessageTest {

    @Test
    void eventsAndExceptionsAreReadByTheDecoderOfTheSdk() {
        var wire = new ByteArrayOutputStream();
        wire.writeBytes(EventStreamMessage.event("contentBlockDelta", "{\"text\":\"größte 🦊\"}")
                .encode());
        wire.writeBytes(EventStreamMessage.event("PayloadPart", "application/octet-stream", new byte[] {0, -1, 7})
                .encode());
        wire.writeBytes(
                EventStreamMessage.exception("throttlingException", "{}").encode());

        var decoder = new MessageDecoder();
        decoder.feed(wire.toByteArray());
        var messages = decoder.getDecodedMessages();

        assertThat(messages).hasSize(3);
        assertThat(header(messages.get(0), ":event-type")).isEqualTo("contentBlockDelta");
        assertThat(header(messages.get(0), ":message-type")).isEqualTo("event");
        assertThat(new String(messages.get(0).getPayload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":\"größte 🦊\"}");
        assertThat(messages.get(1).getPayload()).containsExactly(0, -1, 7);
        assertThat(header(messages.get(2), ":exception-type")).isEqualTo("throttlingException");
        assertThat(header(messages.get(2), ":message-type")).isEqualTo("exception");
    }

    private static String header(Message message, String name) {
        return Objects.requireNonNull(message.getHeaders().get(name)).getString();
    }
}
