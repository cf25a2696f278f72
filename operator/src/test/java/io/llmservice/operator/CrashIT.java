package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmservice.localcluster.controlplane.AuditEvent;
import io.llmservice.localcluster.controlplane.AuditLog;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The process may die after any write, and the next run ends where an undisturbed one would. */
class CrashIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String CREATED = OperatorFixture.SMALL + """
            compute: {instanceTypes: [g5.4xlarge, g5.8xlarge]}
            scaling: {minReplicas: 2, maxReplicas: 3}
            """;

    private static final String UPDATED = OperatorFixture.SMALL + """
            compute: {instanceTypes: [g5.8xlarge, g5.16xlarge]}
            scaling: {minReplicas: 2, maxReplicas: 5}
            serving: {networkPolicy: {mode: Enabled}}
            """;

    @Test
    void creationSurvivesDeathAfterEveryWrite() {
        holds(operator -> {}, operator -> operator.apply("llm", CREATED), CrashIT::isConverged);
    }

    @Test
    void updateSurvivesDeathAfterEveryWrite() {
        holds(CrashIT::create, operator -> operator.apply("llm", UPDATED), CrashIT::isConverged);
    }

    @Test
    void deletionSurvivesDeathAfterEveryWrite() {
        holds(
                CrashIT::create,
                operator -> operator.delete("llm"),
                operator -> operator.service("llm").isEmpty());
    }

    /** Runs a change undisturbed, then once for each of its writes with death right after that write. */
    private static void holds(
            Consumer<OperatorFixture> before, Consumer<OperatorFixture> change, Predicate<OperatorFixture> converged) {
        var undisturbed = run(before, change, converged, Integer.MAX_VALUE);
        assertThat(undisturbed.writes()).isPositive();
        for (int survived = 0; survived < undisturbed.writes(); survived++) {
            var crashed = run(before, change, converged, survived);
            var namespace = crashed.namespace();
            // The autoscaler, not the operator, lifts a Deployment that died before it got its first count.
            await("state after death at write " + survived)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ClusterState.of(namespace)).isEqualTo(undisturbed.state()));
            assertThat(crashed.creates())
                    .as("objects created, with death at write %d", survived)
                    .isEqualTo(undisturbed.creates());
        }
    }

    private static Outcome run(
            Consumer<OperatorFixture> before,
            Consumer<OperatorFixture> change,
            Predicate<OperatorFixture> converged,
            int survivedWrites) {
        var namespace = TestCluster.newNamespace();
        try (var operator = OperatorFixture.in(namespace, Map.of())) {
            before.accept(operator);
        }
        var mark = Writes.mark();
        var mortal = new MortalClient(survivedWrites);
        try (var operator = OperatorFixture.with(mortal.client(), namespace, Map.of(), InstanceCatalogue.load())) {
            change.accept(operator);
            await().atMost(PATIENCE).until(() -> mortal.isDead() || (converged.test(operator) && isQuiet()));
        }
        try (var operator = OperatorFixture.in(namespace, Map.of())) {
            await("convergence after death at write " + survivedWrites)
                    .atMost(PATIENCE)
                    .until(() -> converged.test(operator) && isQuiet());
            return new Outcome(namespace, ClusterState.of(namespace), creates(mark), mortal.writes());
        }
    }

    private static void create(OperatorFixture operator) {
        operator.apply("llm", CREATED);
        await().atMost(PATIENCE).until(() -> isConverged(operator) && isQuiet());
    }

    private static boolean isConverged(OperatorFixture operator) {
        return operator.service("llm")
                .filter(service -> service.getStatus() != null
                        && service.getMetadata()
                                .getGeneration()
                                .equals(service.getStatus().observedGeneration()))
                .isPresent();
    }

    /** No write for a while. */
    private static boolean isQuiet() {
        var mark = Writes.mark();
        await().pollDelay(Duration.ofMillis(400)).until(() -> true);
        return Writes.since(mark).isEmpty();
    }

    private static List<String> creates(AuditLog.Mark mark) {
        return Writes.since(mark).stream()
                .filter(event -> event.code() == 201)
                .map(AuditEvent::resource)
                .sorted()
                .toList();
    }

    private record Outcome(String namespace, Map<String, String> state, List<String> creates, int writes) {}
}
