package io.llmservice.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A service that has converged costs no writes, however often it is looked at. */
class SteadyStateIT {

    private static final int RECONCILES = 100;

    /** One of everything that a manifest can ask for, so that each kind's comparison is held against server defaults. */
    private static final String EVERYTHING = """
            model:
              source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct, revision: main}}
              contextLength: 4096
            compute:
              instanceFamilies: [g5, g6]
              capacityTypes: [spot, on-demand]
              cpu: "3.5"
              memory: 24Gi
              nodePool:
                managed:
                  nodeClass:
                    ec2:
                      role: nodes
                      subnetSelectorTerms: [{tags: {karpenter.sh/discovery: demo}}]
                      securityGroupSelectorTerms: [{tags: {karpenter.sh/discovery: demo}}]
                  terminationGracePeriod: 1h
                  startupTaints: [{key: example.com/agent-not-ready, value: "true"}]
            scaling:
              minReplicas: 2
              maxReplicas: 4
              targetWaitingRequests: 5
              targetCacheUtilization: 85
            serving:
              podLabels: {team: search}
              podAnnotations: {example.com/owner: search}
              networkPolicy: {mode: Enabled, fromNamespaces: [monitoring]}
            engine:
              vllm:
                env: [{name: VLLM_LOGGING_LEVEL, value: INFO}]
            """;

    @Test
    void hundredMoreReconcilesWriteNothing() {
        try (var operator =
                OperatorFixture.in(TestCluster.newNamespace(), java.util.Map.of("ALLOWED_ROLES", "nodes"))) {
            operator.apply("llm", EVERYTHING);
            operator.awaitReason("llm", "ObjectsApplied", "Applied");
            settle();

            var mark = Writes.mark();
            for (int i = 0; i < RECONCILES; i++) {
                touch(operator, i);
            }
            awaitLastTouchSeen(operator);

            assertThat(Writes.since(mark).stream()
                            .filter(write -> !write.resource().equals("services")))
                    .isEmpty();
        }
    }

    /** Nothing written for two seconds. */
    private static void settle() {
        await().atMost(OperatorFixture.PATIENCE).until(() -> {
            var mark = Writes.mark();
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            return Writes.since(mark).isEmpty();
        });
    }

    /** Every change of an annotation is news, and makes a reconcile. */
    private static void touch(OperatorFixture operator, int number) {
        operator.annotate("llm", "example.com/touched", Integer.toString(number));
    }

    /** The operator restores a deleted child only after it has dealt with everything before. */
    private static void awaitLastTouchSeen(OperatorFixture operator) {
        operator.admin
                .services()
                .inNamespace(operator.namespace)
                .withName("llm")
                .delete();
        operator.awaitObject(
                Service.class, "llm", object -> object.getMetadata().getDeletionTimestamp() == null);
    }
}
