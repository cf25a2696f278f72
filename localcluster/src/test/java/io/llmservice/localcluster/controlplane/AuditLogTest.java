package io.llmservice.localcluster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final String CREATE = """
            {"verb":"create","user":{"username":"alice"},"objectRef":{"resource":"deployments","namespace":"a","name":"x",\
            "apiGroup":"apps","apiVersion":"v1"},"responseStatus":{"code":201},"requestURI":"/apis/apps/v1/x",\
            "requestReceivedTimestamp":"2026-01-01T00:00:00.5Z"}
            """;

    @TempDir
    private Path directory;

    @Test
    void readsWhatCameAfterTheMarkUpToTheLastWholeLine() throws Exception {
        Path file = directory.resolve("audit.json");
        AuditLog log = new AuditLog(file);
        assertThat(log.all()).isEmpty();
        Files.writeString(file, CREATE);
        AuditLog.Mark mark = log.mark();
        Files.writeString(file, CREATE.replace("alice", "bob") + "{\"verb\":\"upd", StandardOpenOption.APPEND);

        assertThat(log.since(mark)).singleElement().satisfies(event -> {
            assertThat(event.user()).isEqualTo("bob");
            assertThat(event)
                    .isEqualTo(new AuditEvent(
                            "create",
                            "bob",
                            "apps",
                            "deployments",
                            "",
                            "a",
                            "x",
                            201,
                            false,
                            Instant.parse("2026-01-01T00:00:00.5Z")));
        });
        assertThat(log.all()).hasSize(2);
    }
}
