package io.llmservice.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestScannerTest {

    private static RequestScan scan(String body) {
        Scanned scanned = RequestScanner.scan(body.getBytes(UTF_8));
        assertThat(scanned).isInstanceOf(Scanned.Found.class);
        return ((Scanned.Found) scanned).scan();
    }

    private static Refusal refusal(String body) {
        Scanned scanned = RequestScanner.scan(body.getBytes(UTF_8));
        assertThat(scanned).isInstanceOf(Scanned.Refused.class);
        return ((Scanned.Refused) scanned).refusal();
    }

    private static String chat(String text) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    private static int shared(String one, String other) {
        PrefixBlocks a = scan(one).prefix();
        PrefixBlocks b = scan(other).prefix();
        int same = 0;
        while (same < Math.min(a.size(), b.size()) && a.hash(same) == b.hash(same)) {
            same++;
        }
        return same;
    }

    @Test
    void findsWhatDecisionsNeed() {
        RequestScan scan = scan("""
                {"messages": [{"role": "user", "content": "four"}], "stream": true, "temperature": 0.5,
                 "stream_options": {"x": {"include_usage": false}, "include_usage": true}, "max_tokens": 9,
                 "max_completion_tokens": 7, "model": "llama"}
                """);

        assertThat(scan.model()).contains("llama");
        assertThat(scan.stream()).isTrue();
        assertThat(scan.includeUsage()).contains(true);
        assertThat(scan.maxTokens()).contains(7);
        assertThat(scan.fields())
                .containsExactly(
                        "messages",
                        "stream",
                        "temperature",
                        "stream_options",
                        "max_tokens",
                        "max_completion_tokens",
                        "model");
        assertThat(scan.promptCharacters()).isEqualTo("user".length() + "four".length());
    }

    @Test
    void whatIsLeftOutIsAbsent() {
        RequestScan scan =
                scan("{\"stream\":null,\"stream_options\":null,\"n\":{\"model\":\"inner\",\"stream\":true}}");

        assertThat(scan.model()).isEmpty();
        assertThat(scan.stream()).isFalse();
        assertThat(scan.includeUsage()).isEmpty();
        assertThat(scan.maxTokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"text\"",
                "null",
                "{",
                "{\"model\":",
                "{\"model\":\"m\"",
                "{\"model\":\"m\"} {}",
                "{\"model\":\"m\"}x",
                "{'model':'m'}",
                "{\"model\":\"m\",}",
                "{\"model\":tru}",
                "{\"model\":\"\u0001\"}",
                "\u0000\u0000"
            })
    void brokenBodiesAreRefused(String body) {
        assertThat(refusal(body).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":1}|model",
                "{\"model\":null}|model",
                "{\"model\":[\"m\"]}|model",
                "{\"model\":\"a\",\"model\":\"b\"}|model",
                "{\"stream\":\"yes\"}|stream",
                "{\"stream\":true,\"stream\":false}|stream",
                "{\"stream_options\":3}|stream_options",
                "{\"stream_options\":{\"include_usage\":1}}|stream_options",
                "{\"stream_options\":{\"include_usage\":true,\"include_usage\":false}}|stream_options",
                "{\"messages\":[}|messages"
            })
    void theFieldAtFaultIsNamed(String body, String field) {
        assertThat(refusal(body).param()).contains(field);
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(100_000);

        assertThat(refusal("{\"messages\":" + deep).param()).contains("messages");
        assertThat(refusal("{\"x\":" + deep).status()).isEqualTo(400);
    }

    @Test
    void longNamesAndNumbersAreRefused() {
        assertThat(refusal("{\"" + "n".repeat(10_000) + "\":1}").status()).isEqualTo(400);
        assertThat(refusal("{\"x\":1" + "0".repeat(10_000) + "}").status()).isEqualTo(400);
    }

    @Test
    void nothingOfTheInputIsSaidBack() {
        assertThat(refusal("{\"my secret prompt\":1,\"my secret prompt\":2}").toString())
                .doesNotContain("secret");
        assertThat(refusal("{\"messages\":[secret]}").toString()).doesNotContain("secret");
    }

    @Test
    void otherEncodingsAreRefused() {
        byte[] wide = chat("text").getBytes(java.nio.charset.StandardCharsets.UTF_16);

        assertThat(RequestScanner.scan(wide)).isInstanceOf(Scanned.Refused.class);
    }

    @Test
    void promptsWithOneBeginningShareItsBlocks() {
        String beginning = "x".repeat(PromptReader.BLOCK * 3);

        assertThat(shared(chat(beginning + "a".repeat(2000)), chat(beginning + "b".repeat(2000))))
                .isEqualTo(3);
        assertThat(shared(chat("a".repeat(2000)), chat("b".repeat(2000)))).isZero();
        assertThat(shared(chat(beginning), chat(beginning).replace("\"m\"", "\"other\"")))
                .isZero();
    }

    @Test
    void whereTheModelStandsMakesNoDifference() {
        String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + "y".repeat(2000) + "\"}]";

        assertThat(shared("{\"model\":\"m\"," + messages + "}", "{" + messages + ",\"model\":\"m\"}"))
                .isEqualTo(3);
    }

    @Test
    void promptsOfTokenIdsHaveBlocksToo() {
        String ids = "7,".repeat(1000) + "7";

        assertThat(scan("{\"model\":\"m\",\"prompt\":[" + ids + "]}").prefix().size())
                .isPositive();
        assertThat(scan("{\"model\":\"m\",\"prompt\":[" + ids + "]}").promptCharacters())
                .isEqualTo(4004);
    }

    @Test
    void imagesAreNotCountedAsText() {
        String body = "{\"model\":\"m\",\"messages\":[{\"content\":[{\"image_url\":{\"url\":\"data:image/png;base64,"
                + "A".repeat(50_000) + "\"}},{\"text\":\"what is it\"}]}]}";

        assertThat(scan(body).promptCharacters()).isLessThan(100);
        assertThat(scan(body).prefix().size()).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"m\"}|{\"stream_options\":{\"include_usage\":true},\"model\":\"m\"}",
                "{}|{\"stream_options\":{\"include_usage\":true}}",
                "{\"stream_options\":{}}|{\"stream_options\":{\"include_usage\":true}}",
                "{\"stream_options\":null}|{\"stream_options\":{\"include_usage\":true}}",
                "{\"stream_options\": { \"a\": 1 } }|{\"stream_options\": {\"include_usage\":true, \"a\": 1 } }",
                "{\"stream_options\":{\"include_usage\":false,\"a\":1}}|{\"stream_options\":{\"include_usage\":true,\"a\":1}}",
                "{\"ä\":\"ö\",\"stream_options\":{\"include_usage\":null}}|{\"ä\":\"ö\",\"stream_options\":{\"include_usage\":true}}"
            })
    void askingForUsageChangesNothingElse(String body, String asking) {
        byte[] bytes = body.getBytes(UTF_8);
        var found = (Scanned.Found) RequestScanner.scan(bytes);

        assertThat(new String(BodySplice.askingForUsage(bytes, found.marks()), UTF_8))
                .isEqualTo(asking);
    }

    @Test
    void anotherModelChangesNothingElse() {
        byte[] body = "{ \"x\":\"ü\", \"model\" : \"a\\\"b\" , \"m\":{\"model\":\"in\"}}".getBytes(UTF_8);

        assertThat(new String(BodySplice.withModel(body, "n/\"1"), UTF_8))
                .isEqualTo("{ \"x\":\"ü\", \"model\" : \"n/\\\"1\" , \"m\":{\"model\":\"in\"}}");
        assertThat(new String(BodySplice.withModel("{}".getBytes(UTF_8), "n"), UTF_8))
                .isEqualTo("{\"model\":\"n\"}");
    }

    @Test
    void errorsHaveTheShapeThatSdksRead() {
        var refusal = new Refusal(429, "t", "c", "say \"no\"", Optional.of("p"), Optional.of(7));

        assertThat(new String(OpenAiErrors.body(refusal), UTF_8))
                .isEqualTo(
                        "{\"error\":{\"message\":\"say \\\"no\\\"\",\"type\":\"t\",\"param\":\"p\",\"code\":\"c\"}}");
        assertThat(OpenAiErrors.headers(refusal))
                .containsEntry("retry-after", "7")
                .containsEntry("x-should-retry", "true");
        assertThat(OpenAiErrors.headers(Refusal.of(400, "t", "c", "m"))).containsEntry("x-should-retry", "false");
    }
}
