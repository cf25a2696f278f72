package io.llmservice.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.llmservice.api.v1alpha1.BedrockDialect;
import io.llmservice.api.v1alpha1.FallbackTarget;
import io.llmservice.api.v1alpha1.SageMakerDialect;
import io.llmservice.gateway.upstream.UpstreamException;
import io.llmservice.standins.dataplane.Fault;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever goes wrong, and even with all of our logging on, no prompt and no answer is logged. */
class NothingOfPromptsInLogsTest {

    private static final String PROMPT = "xyzzy-prompt";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger sdk = (Logger) LoggerFactory.getLogger("software.amazon.awssdk");
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.llmservice");
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event.getFormattedMessage()
                    + event.getKeyValuePairs()
                    + (event.getThrowableProxy() == null
                            ? ""
                            : ThrowableProxyUtil.asString(event.getThrowableProxy())));
        }
    };
    private AwsFixture aws;

    @BeforeEach
    void start() {
        aws = new AwsFixture();
        appender.start();
        root.addAppender(appender);
        // At DEBUG the SDK logs the events that it decodes, so that its logger must stay at INFO whatever the root's
        // is.
        sdk.setLevel(Level.INFO);
        root.setLevel(Level.DEBUG);
        ours.setLevel(Level.TRACE);
    }

    @AfterEach
    void stop() {
        root.detachAppender(appender);
        sdk.setLevel(null);
        ours.setLevel(null);
        aws.close();
    }

    @Test
    void noPromptAndNoAnswerIsLogged() {
        var targets = List.of(
                Aws.bedrock(BedrockDialect.CONVERSE),
                Aws.bedrock(BedrockDialect.OPEN_AI),
                Aws.sageMaker(SageMakerDialect.LMI),
                Aws.sageMaker(SageMakerDialect.OPEN_AI));
        for (var target : targets) {
            for (var fault : List.of(Fault.NONE, Fault.VALIDATION, Fault.ACCESS_DENIED, Fault.MID_STREAM, Fault.DROP)) {
                aws.bedrock.behaviour().fail(fault);
                aws.sageMaker.behaviour().fail(fault);
                ask(target, "true");
                ask(target, "false");
            }
        }

        assertThat(logged).noneMatch(line -> line.contains(PROMPT));
        assertThat(logged).noneMatch(line -> line.contains("größte"));
        assertThat(logged).noneMatch(line -> line.contains("not-a-secret"));
    }

    private void ask(FallbackTarget target, String stream) {
        try {
            Asked.text(Asked.head(aws.vertx, aws.upstream(target), Asked.request(body(stream))));
        } catch (UpstreamException e) {
            assertThat(e).hasMessageNotContaining(PROMPT);
        }
    }

    private static String body(String stream) {
        return """
            {"model": "llama", "stream": %s, "messages": [{"role": "user", "content": "%s"}]}""".formatted(stream, PROMPT);
    }
}
