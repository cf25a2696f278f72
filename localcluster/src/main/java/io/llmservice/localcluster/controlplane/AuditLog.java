package io.llmservice.localcluster.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads the writes that the API server has answered from its audit log.
 *
 * <p>The server logs a write within milliseconds of answering it, so who counts writes that just happened waits for the
 * count instead of reading it once.
 */
public final class AuditLog {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /** A place in the log. */
    public record Mark(long offset) {}

    /** The present end of the log. */
    public Mark mark() {
        try {
            return new Mark(Files.exists(file) ? Files.size(file) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    /** All writes since the cluster started, in the order of the answers. */
    public List<AuditEvent> all() {
        return since(new Mark(0));
    }

    /** The writes after {@code mark}, in the order of the answers. */
    public List<AuditEvent> since(Mark mark) {
        return textFrom(mark.offset()).lines().map(AuditLog::parse).toList();
    }

    /** The writes after {@code mark} that {@code wanted} accepts. */
    public List<AuditEvent> since(Mark mark, Predicate<AuditEvent> wanted) {
        return since(mark).stream().filter(wanted).toList();
    }

    /** The text from {@code offset} to the last complete line. */
    private String textFrom(long offset) {
        if (!Files.exists(file)) {
            return "";
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] bytes = new byte[Math.toIntExact(Math.max(0, log.length() - offset))];
            log.seek(offset);
            log.readFully(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file, e);
        }
    }

    static AuditEvent parse(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            JsonNode object = event.path("objectRef");
            return new AuditEvent(
                    event.path("verb").asText(),
                    event.path("user").path("username").asText(),
                    object.path("apiGroup").asText(),
                    object.path("resource").asText(),
                    object.path("subresource").asText(),
                    object.path("namespace").asText(),
                    object.path("name").asText(),
                    event.path("responseStatus").path("code").asInt(),
                    event.path("requestURI").asText().contains("dryRun=All"),
                    Instant.parse(event.path("requestReceivedTimestamp").asText()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not an audit event: " + line, e);
        }
    }
}
