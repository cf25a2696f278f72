package io.llmservice.localcluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRecordTest {
    private final ProcessRecord self = ProcessRecord.of(ProcessHandle.current()).orElseThrow();

    @Test
    void findsTheProcessThatWasWrittenDown() {
        assertThat(ProcessRecord.parse(self.format()).orElseThrow().find()).contains(ProcessHandle.current());
    }

    @Test
    void takesNoOtherProcessThatGotTheSameIdLater() {
        ProcessRecord older = new ProcessRecord(self.pid(), self.started().minus(Duration.ofMinutes(1)));

        assertThat(older.find()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "12 ", "x 5", "-1 5", "12 34 56", "999999999999999999999 1"})
    void anythingElseInTheFileIsNoRecord(String text) {
        assertThat(ProcessRecord.parse(text)).isEmpty();
    }
}
