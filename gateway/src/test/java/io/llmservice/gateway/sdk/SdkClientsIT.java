package io.llmservice.gateway.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.llmservice.standins.packages.PublicPackages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of OpenAI's Python, JavaScript and Java SDKs see: answers, streams, failover, refusals as the SDKs' own errors. */
class SdkClientsIT {

    private static final String PYTHON_SDK = "3.57.0";
    private static final String NODE_SDK = "7.57.0";
    private static final Path SCRIPTS = Path.of("src/test/sdk").toAbsolutePath();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static GatewayProgram gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProgram.start(directory);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void python() throws Exception {
        assumeTrue(PublicPackages.available("python3"), "python3 is not on the path; install it to check its SDK");
        Path programs = PublicPackages.inCache().python("sdk-python-" + PYTHON_SDK, "openai==" + PYTHON_SDK);

        passes(
                programs.resolve("python").toString(),
                SCRIPTS.resolve("check.py").toString());
    }

    @Test
    void javaScript() throws Exception {
        assumeTrue(
                PublicPackages.available("node", "npm"),
                "node or npm is not on the path; install both to check the JavaScript SDK");
        Path home = PublicPackages.inCache().node("sdk-node-" + NODE_SDK, "openai@" + NODE_SDK);
        // Modules are looked for beside the script, so it has to be there, and no other build may change it.
        Path script = Files.copy(
                SCRIPTS.resolve("check.mjs"),
                home.resolve("check-" + ProcessHandle.current().pid() + ".mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        try {
            passes("node", script.toString());
        } finally {
            Files.delete(script);
        }
    }

    @Test
    void javaAnswersAndStreams() {
        OpenAIClient client = client(gateway.key());

        var answer = client.chat().completions().create(ask("chat", 8).build());
        assertThat(answer.choices().getFirst().message().content()).isPresent();
        assertThat(answer.usage())
                .hasValueSatisfying(
                        usage -> assertThat(usage.completionTokens()).isEqualTo(8));

        var options = ChatCompletionStreamOptions.builder().includeUsage(true).build();
        List<ChatCompletionChunk> counted =
                stream(client, ask("chat", 8).streamOptions(options).build());
        assertThat(counted.getLast().usage()).isPresent();

        List<ChatCompletionChunk> failedOver =
                stream(client, ask("failing-over", 8).build());
        assertThat(failedOver.getLast().choices().getFirst().finishReason()).isPresent();
        assertThat(failedOver).allMatch(chunk -> chunk.usage().isEmpty());
    }

    @Test
    void javaSeesRefusalsAsItsOwnErrors() {
        OpenAIClient client = client(gateway.key());

        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() ->
                        client.chat().completions().create(ask("nobody", 8).build()))
                .withMessageContaining("chat");
        assertThatExceptionOfType(BadRequestException.class)
                .isThrownBy(
                        () -> client.chat().completions().create(ask("chat", -1).build()));
        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(
                        () -> client.chat().completions().create(ask("cold", 8).build()))
                .satisfies(cold -> assertThat(cold.statusCode()).isEqualTo(503))
                .satisfies(cold -> assertThat(cold.headers().values("retry-after"))
                        .singleElement()
                        .satisfies(
                                seconds -> assertThat(Integer.parseInt(seconds)).isPositive()));
        assertThatExceptionOfType(UnauthorizedException.class)
                .isThrownBy(() -> client("wrong")
                        .chat()
                        .completions()
                        .create(ask("locked", 2).build()));
        assertThat(client.chat().completions().create(ask("locked", 2).build()).choices())
                .hasSize(1);
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(gateway.baseUrl())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder ask(String model, int tokens) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Why do GPUs sit idle?")
                .maxCompletionTokens(tokens);
    }

    private static List<ChatCompletionChunk> stream(OpenAIClient client, ChatCompletionCreateParams request) {
        var chunks = new ArrayList<ChatCompletionChunk>();
        try (var stream = client.chat().completions().createStreaming(request)) {
            stream.stream().forEach(chunks::add);
        }
        return chunks;
    }

    /** The scripts end with 0 if everything holds; what they print names what does not, and never a key. */
    private static void passes(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "script", ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("BASE_URL", gateway.baseUrl());
        builder.environment().put("API_KEY", gateway.key());
        // A proxy of the machine is for the world, not for loopback.
        builder.environment().put("NO_PROXY", "127.0.0.1");
        Process script = builder.start();
        try {
            assertThat(script.waitFor(120, TimeUnit.SECONDS))
                    .describedAs("the script comes to an end")
                    .isTrue();
            assertThat(script.exitValue())
                    .describedAs(Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
        } finally {
            script.destroyForcibly();
        }
    }
}
