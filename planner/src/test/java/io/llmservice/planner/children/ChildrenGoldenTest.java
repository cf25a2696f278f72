package io.llmservice.planner.children;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.decision.ChildKey;
import io.llmservice.planner.decision.Decision;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every object that a service becomes, and its plan, as files: {@code golden/NAME/in-service.yaml}, with
 * {@code in-policy.yaml} for what the administrator adds to the defaults, gives {@code out-plan.yaml} and
 * {@code out-children.yaml}. Run with {@code -Dgenerate} to write what comes out now, then read the difference.
 */
class ChildrenGoldenTest {

    private static final Set<String> REQUIRED = Set.of(GoldenCase.SERVICE, GoldenCase.PLAN, GoldenCase.CHILDREN);

    @TestFactory
    Stream<DynamicTest> goldenFilesAreWhatComesOut() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> comesOutTheSame(golden)));
    }

    private static void comesOutTheSame(GoldenCase golden) {
        var decision = decide(golden);
        if (System.getProperty("generate") != null) {
            golden.write(GoldenCase.PLAN, GoldenCase.plan(decision));
            golden.write(GoldenCase.CHILDREN, GoldenCase.children(decision));
        }
        assertThat(GoldenCase.plan(decision))
                .as("%s/%s; if the change is meant, run with -Dgenerate", golden.name(), GoldenCase.PLAN)
                .isEqualTo(golden.read(GoldenCase.PLAN));
        assertThat(GoldenCase.children(decision))
                .as("%s/%s; if the change is meant, run with -Dgenerate", golden.name(), GoldenCase.CHILDREN)
                .isEqualTo(golden.read(GoldenCase.CHILDREN));
    }

    @Test
    void everyFileIsUsed() {
        assertThat(GoldenCase.list(GoldenCase.ALL)).isNotEmpty().allMatch(Files::isDirectory);
        assertThat(GoldenCase.all()).allSatisfy(golden -> {
            var extra = new TreeSet<>(golden.files());
            extra.remove(GoldenCase.POLICY);
            assertThat(extra).as(golden.name()).isEqualTo(new TreeSet<>(REQUIRED));
        });
    }

    @TestFactory
    Stream<DynamicTest> noTwoObjectsShareAKey() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(
                        golden.name(),
                        () -> assertThat(decide(golden).children().apply())
                                .extracting(ChildKey::of)
                                .doesNotHaveDuplicates()));
    }

    /** The same service decided upon again, from what the first decision left behind, writes nothing. */
    @TestFactory
    Stream<DynamicTest> aSecondRunChangesNothing() {
        return GoldenCase.all().stream()
                .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> {
                    var cluster = new FakeCluster();
                    cluster.apply(decide(golden));
                    var again = golden.planning().proceed(golden.service(), cluster.observe());
                    assertThat(cluster.apply(again)).isZero();
                    assertThat(again.proposal()).isEmpty();
                }));
    }

    private static Decision.Proceed decide(GoldenCase golden) {
        return golden.planning().proceed(golden.service(), FakeCluster.nothing());
    }
}
