package io.llmservice.localcluster.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path temporary;

    @Test
    void runsWithItsOwnEnvironmentAndLog() throws Exception {
        RunDirectory directory = new RunDirectory(temporary);

        int exit = start(directory, "echo \"$GREETING\"; exit 3", Map.of("GREETING", "hello"))
                .exit()
                .get(10, SECONDS);

        assertThat(exit).isEqualTo(3);
        assertThat(Files.readString(directory.log("test"))).isEqualTo("hello\n");
        assertThat(directory.endRecordedProcesses()).isEmpty();
    }

    @Test
    void stopKillsWhatDoesNotListen() throws Exception {
        RunDirectory directory = new RunDirectory(temporary);
        ChildProcess stubborn = start(directory, "trap '' TERM; echo up; while :; do sleep 1; done", Map.of());
        awaitLog(stubborn, "up");

        stubborn.stop(Duration.ofMillis(200));

        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void anotherJvmEndsWhatIsRecorded() throws Exception {
        ChildProcess left = start(new RunDirectory(temporary), "exec sleep 60", Map.of());

        List<String> ended = new RunDirectory(temporary).endRecordedProcesses();

        assertThat(ended).containsExactly("test." + left.pid());
        assertThat(left.exit().get(10, SECONDS)).isNotZero();
        assertThat(new RunDirectory(temporary).endRecordedProcesses()).isEmpty();
    }

    @Test
    void staleRecordsHarmNobody() throws IOException {
        ChildProcess bystander = start(new RunDirectory(temporary.resolve("other")), "exec sleep 60", Map.of());
        ProcessRecord truth = ProcessRecord.of(ProcessHandle.of(bystander.pid()).orElseThrow())
                .orElseThrow();
        RunDirectory stale = new RunDirectory(temporary.resolve("stale"));
        stale.record("etcd.1", new ProcessRecord(truth.pid(), truth.started().minusSeconds(3600)));
        Files.writeString(temporary.resolve("stale/processes/broken.pid"), "no number");

        assertThat(stale.endRecordedProcesses()).isEmpty();

        assertThat(bystander.isAlive()).isTrue();
        bystander.close();
    }

    @Test
    void clearingKeepsTheRecordsOfWhatRuns() {
        RunDirectory directory = new RunDirectory(temporary);
        ProcessRecord.of(ProcessHandle.current()).ifPresent(self -> directory.record("keeper", self));
        Path log = directory.log("test");

        directory.endRecordedProcesses();
        directory.clear();

        assertThat(directory.recorded("keeper")).contains(ProcessHandle.current());
        assertThat(log.getParent()).doesNotExist();
    }

    private static ChildProcess start(RunDirectory directory, String script, Map<String, String> environment) {
        Path log = directory.log("test");
        return ChildProcess.start(
                new ProgramSpec("test", List.of("/bin/sh", "-c", script), environment, directory.root(), log),
                directory);
    }

    private static void awaitLog(ChildProcess process, String text) {
        await().atMost(10, SECONDS).until(() -> process.logTail(5).contains(text));
    }
}
