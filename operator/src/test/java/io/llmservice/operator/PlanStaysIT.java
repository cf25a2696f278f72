package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmservice.planner.catalogue.InstanceCatalogue;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A plan in force stays, whatever a new operator thinks of it. */
class PlanStaysIT {

    private static final String SPEC = OperatorFixture.SMALL + "compute: {instanceFamilies: [g5, g6]}\n";

    @Test
    void operatorWithOtherPricesRollsNothingAndProposes() {
        var namespace = TestCluster.newNamespace();
        String chosen;
        Deployment before;
        try (var operator = OperatorFixture.in(namespace, Map.of())) {
            operator.apply("llm", SPEC);
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            chosen = operator.awaitPlan("llm").instanceType();
            before = operator.awaitObject(Deployment.class, "llm", deployment -> true);
        }
        var otherPrices = InstanceCatalogue.load().withPrices(Map.of("g5.16xlarge", 0.01));

        try (var operator = OperatorFixture.in(namespace, Map.of(), otherPrices)) {
            org.awaitility.Awaitility.await()
                    .atMost(OperatorFixture.PATIENCE)
                    .untilAsserted(() -> assertThat(operator.awaitPlan("llm").proposal())
                            .isNotNull()
                            .satisfies(
                                    proposal -> assertThat(proposal.summary()).contains("g5.16xlarge"))
                            .satisfies(proposal ->
                                    assertThat(proposal.howToAccept()).contains("llmservice.io/replan")));
            assertThat(operator.awaitPlan("llm").instanceType())
                    .isEqualTo(chosen)
                    .isNotEqualTo("g5.16xlarge");
            assertThat(operator.awaitObject(Deployment.class, "llm", deployment -> true)
                            .getMetadata()
                            .getGeneration())
                    .isEqualTo(before.getMetadata().getGeneration());

            operator.annotate("llm", "llmservice.io/replan", "1");

            org.awaitility.Awaitility.await().atMost(OperatorFixture.PATIENCE).untilAsserted(() -> {
                assertThat(operator.awaitPlan("llm").instanceType()).isEqualTo("g5.16xlarge");
                assertThat(operator.awaitPlan("llm").proposal()).isNull();
            });
        }
    }
}
