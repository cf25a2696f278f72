package io.llmservice.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.request.ApiRoute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a target can carry, and the page that says so. */
class CarriageTest {

    private static final Path PAGE = Path.of("../docs/fallback-targets.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode body(String more) {
        try {
            return JSON.readTree(
                    "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]" + more + "}");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> cannotCarry(Dialect dialect, String more) {
        return Carriage.cannotCarry(dialect, ApiRoute.CHAT_COMPLETIONS, body(more));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"n\": 1, \"logprobs\": false, \"logit_bias\": {}, \"frequency_penalty\": 0.0",
                ", \"response_format\": {\"type\": \"text\"}, \"parallel_tool_calls\": true, \"top_logprobs\": null",
                ", \"seed\": 3, \"user\": \"u\", \"metadata\": {\"a\": \"b\"}, \"store\": true, \"service_tier\": \"auto\""
            })
    void whatAsksForNothingAndHintsAreNoHindrance(String more) {
        assertThat(cannotCarry(Dialect.CONVERSE, more)).isEmpty();
        assertThat(cannotCarry(Dialect.LMI, more)).isEmpty();
        assertThat(cannotCarry(Dialect.TGI, more)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CONVERSE | , "n": 2 | n
            CONVERSE | , "logprobs": true | logprobs
            CONVERSE | , "logit_bias": {"1": 2} | logit_bias
            CONVERSE | , "response_format": {"type": "json_schema", "json_schema": {}} | response_format
            CONVERSE | , "frequency_penalty": 0.5 | frequency_penalty
            CONVERSE | , "guided_json": {} | guided_json
            TGI | , "logit_bias": {"1": 2} | logit_bias
            LMI | , "response_format": {"type": "json_object"} | response_format
            """)
    void theFieldAtFaultIsNamed(Dialect dialect, String more, String field) {
        assertThat(cannotCarry(dialect, more).orElseThrow()).endsWith("does not carry " + field);
    }

    @Test
    void otherRoutesAreNotCarriedByTranslation() {
        assertThat(Carriage.cannotCarry(Dialect.CONVERSE, ApiRoute.EMBEDDINGS, body("")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("/v1/embeddings"));
        assertThat(Carriage.cannotCarry(Dialect.OPEN_AI, ApiRoute.EMBEDDINGS, body("")))
                .isEmpty();
    }

    @Test
    void droppedHintsAreNamedInTheirOrder() {
        assertThat(Carriage.dropped(Dialect.CONVERSE, body(", \"user\": \"u\", \"seed\": 3, \"store\": null")))
                .containsExactly("user", "seed");
        assertThat(Carriage.dropped(Dialect.LMI, body(", \"user\": \"u\", \"seed\": 3, \"store\": true")))
                .containsExactly("store");
    }

    @Test
    void containersGetWhatTheyKnowUnderTheirNames() {
        var request = new TgiDialect().request(body(", \"max_completion_tokens\": 9, \"user\": \"u\", \"n\": 1"));

        assertThat(request.path("max_tokens").asInt()).isEqualTo(9);
        assertThat(request.has("user")).isFalse();
        assertThat(request.has("n")).isFalse();
        assertThat(request.path("model").asText()).isEqualTo("tgi");
    }

    /** Run with {@code -Dgenerate=true} (as {@code make docs} does) to write the page. */
    @Test
    void pageIsUpToDate() throws IOException {
        var generated = CarriagePage.render();
        if (System.getProperty("generate") != null) {
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE)
                .as("run `make docs` and commit the result")
                .exists()
                .content()
                .isEqualTo(generated);
    }
}
