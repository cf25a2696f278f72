package io.llmservice.gateway.relay;

import static io.llmservice.gateway.testing.RunningGateway.CHAT;
import static io.llmservice.gateway.testing.RunningGateway.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.gateway.testing.FakeUpstream;
import io.llmservice.gateway.testing.RunningGateway;
import org.junit.jupiter.api.Test;

class FirstLightTest {

    @Test
    void answersComeThroughUnchanged() throws Exception {
        try (var pod = FakeUpstream.answering(200, "{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");
                var gateway = RunningGateway.start(service("m", pod))) {
            var answer = gateway.post(CHAT, "{\"model\":\"m\",\"messages\":[]}");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");
            assertThat(pod.received().getFirst().body()).isEqualTo("{\"model\":\"m\",\"messages\":[]}");
        }
    }
}
