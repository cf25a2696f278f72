package io.llmservice.localcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcePatchTest {
    private final SourcePatch patch = new SourcePatch("loopback", "main.go", "\":%d\"", "\"127.0.0.1:%d\"");

    @TempDir
    private Path module;

    @TempDir
    private Path directory;

    @Test
    void changesACopyAndLeavesTheOriginal() throws Exception {
        Path original = Files.writeString(module.resolve("main.go"), "listen(\":%d\")");
        Files.createDirectories(module.resolve("embedded"));
        Files.writeString(module.resolve("embedded/data.json"), "{}");
        assertThat(original.toFile().setReadOnly()).isTrue();

        patch.apply(module, directory);

        assertThat(directory.resolve("main.go")).hasContent("listen(\"127.0.0.1:%d\")");
        assertThat(directory.resolve("embedded/data.json")).hasContent("{}");
        assertThat(original).hasContent("listen(\":%d\")");
    }

    @Test
    void patchThatNoLongerFitsIsAnError() throws Exception {
        Files.writeString(module.resolve("main.go"), "something else");

        assertThatThrownBy(() -> patch.apply(module, directory)).hasMessageContaining("no longer fits");
    }
}
