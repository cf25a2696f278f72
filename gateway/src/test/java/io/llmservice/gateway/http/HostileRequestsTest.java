package io.llmservice.gateway.http;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.api.v1alpha1.GatewaySpec;
import io.llmservice.gateway.route.RouteTable;
import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RawClient;
import io.llmservice.gateway.testing.RunningGateway;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // filled in before each test; and constructors fill in what is left out
class HostileRequestsTest {

    private static final String BODY = "{\"model\":\"m\",\"messages\":[]}";
    private static final String HEAD = "POST " + CHAT + " HTTP/1.1\r\nHost: gateway\r\n";
    private static final ServerLimits QUICK = new ServerLimits(
            1024 * 1024,
            2 * 1024 * 1024,
            16 * 1024,
            Duration.ofMillis(300),
            Duration.ofMillis(400),
            Duration.ofMillis(500));

    private FakeUpstream pod;
    private RunningGateway gateway;

    @BeforeEach
    void start() {
        pod = FakeUpstream.start((request, client) -> client.json(200, "{\"echo\":" + request.body() + "}"));
        gateway = RunningGateway.start(QUICK, Optional.empty(), service("m", pod));
    }

    @AfterEach
    void stop() {
        gateway.close();
        pod.close();
    }

    private String answerTo(String bytes) throws Exception {
        try (var client = gateway.raw()) {
            return client.send(bytes).readToEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 27\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 27\r\n\r\n0\r\n\r\n",
                "Content-Length: 27\r\nContent-Length: 28\r\n\r\n",
                "Content-Length: 27, 28\r\n\r\n",
                "Content-Length: +27\r\n\r\n",
                "Content-Length: -1\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "X-A: 1\r\n folded: 2\r\nContent-Length: 0\r\n\r\n",
                "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
                "X-A : space before the colon\r\nContent-Length: 0\r\n\r\n",
                "no colon\r\nContent-Length: 0\r\n\r\n",
                "Host: other\r\nContent-Length: 0\r\n\r\n"
            })
    void whatCouldBeReadInTwoWaysIsRefused(String rest) throws Exception {
        String smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

        String answer = answerTo(HEAD + rest + smuggled);

        assertThat(answer).matches(refused(400));
        assertThat(answer.split("HTTP/1.[01] [0-9]", -1)).as("answers").hasSize(2);
        assertThat(pod.received()).isEmpty();
    }

    /** The first line of a request may be unreadable, and with it the version. */
    private static Pattern refused(int status) {
        return Pattern.compile("HTTP/1.[01] " + status + " .*", Pattern.DOTALL);
    }

    @Test
    void aFoldedLineIsFoundWhereverTheBytesAreCut() throws Exception {
        try (var client = gateway.raw()) {
            for (String part : (HEAD + "X-A: 1\r\n y\r\n\r\n").split("(?<=\n)", -1)) {
                client.send(part);
            }
            assertThat(client.readToEnd()).matches(refused(400));
        }
    }

    @Test
    void aRequestMayComeInPiecesAndInChunksWithExtensions() throws Exception {
        String whole = HEAD + "Transfer-Encoding: chunked\r\n\r\n"
                + "5;name=\"value\"\r\n{\"mod\r\n16\r\nel\":\"m\",\"messages\":[]}\r\n0\r\n\r\n";
        try (var client = gateway.raw()) {
            for (String letter : whole.split("", -1)) {
                client.send(letter);
            }
            assertThat(client.readUntil("]}}")).startsWith("HTTP/1.1 200");
        }
        assertThat(pod.received().getFirst().body()).isEqualTo(BODY);
        assertThat(pod.received().getFirst().head()).contains("content-length: 27");
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        var all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            all.append(RawClient.post(CHAT, "{\"model\":\"m\",\"n\":" + i + "}"));
        }
        try (var client = gateway.raw()) {
            client.send(all.toString());
            for (int i = 0; i < 20; i++) {
                client.readUntil("\"n\":" + i + "}}");
            }
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        assertThat(answerTo(HEAD + "Content-Length: 2000000000\r\n\r\n")).startsWith("HTTP/1.1 413");
        assertThat(answerTo(HEAD + "Transfer-Encoding: chunked\r\n\r\n110000\r\n" + "x".repeat(0x110000)))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).startsWith("HTTP/1.1 413"),
                        answer -> assertThat(answer).isEqualTo("[reset]"));
        assertThat(pod.received()).isEmpty();
    }

    @Test
    void aServiceMayTakeLess() throws Exception {
        var spec = new GatewaySpec(null, null, 1024, null, null, null);
        gateway.routes().swap(RouteTable.of(List.of(service("m", Optional.empty(), spec, pod))));

        var answer = gateway.post(CHAT, BODY.replace("[]", "[\"" + "x".repeat(2000) + "\"]"));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("1024 bytes", "maxBodyBytes");
    }

    @Test
    void headersAndTheRequestLineAreBounded() throws Exception {
        assertThat(answerTo(HEAD + "X-A: " + "x".repeat(100_000) + "\r\n\r\n")).matches(refused(431));
        assertThat(answerTo("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\n\r\n"))
                .matches(refused(431));
    }

    @Test
    void slowHeadsAndSlowBodiesEnd() throws Exception {
        assertThat(answerTo(HEAD)).isEmpty();
        assertThat(answerTo(HEAD + "Content-Length: 100\r\n\r\n{")).startsWith("HTTP/1.1 408");
        try (var client = gateway.raw()) {
            client.send(RawClient.post(CHAT, BODY)).readUntil("]}}");
            assertThat(client.readToEnd()).as("an idle connection is closed").isEmpty();
        }
    }

    @Test
    void noRoomForMoreBodiesIsSaidSo() throws Exception {
        String half = "x".repeat(1_000_000);
        try (var first = gateway.raw();
                var second = gateway.raw()) {
            first.send(HEAD + "Content-Length: 1048000\r\n\r\n" + half);
            second.send(HEAD + "Content-Length: 1048000\r\n\r\n" + half);
            String third = answerTo(HEAD + "Content-Length: 1048000\r\n\r\n" + half);

            assertThat(third)
                    .satisfiesAnyOf(
                            answer -> assertThat(answer)
                                    .startsWith("HTTP/1.1 503")
                                    .contains("x-should-retry: true"),
                            answer -> assertThat(answer).startsWith("HTTP/1.1 408"),
                            answer -> assertThat(answer).isEqualTo("[reset]"));
        }
        await().untilAsserted(
                        () -> assertThat(gateway.post(CHAT, BODY).statusCode()).isEqualTo(200));
    }

    @Test
    void aPromptIsInNoAnswerButTheModels() throws Exception {
        var answer = gateway.post(CHAT, "{\"model\":\"m\",\"messages\":[secret words]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("secret").contains("\"param\":\"messages\"");
    }
}
