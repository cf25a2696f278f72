package io.llmservice.planner.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.FakeCluster;
import io.llmservice.planner.Manifests;
import io.llmservice.planner.Planning;
import io.llmservice.planner.decision.DesiredChildren;
import io.llmservice.planner.decision.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every bad spec holds with one word for programs and a sentence that names the field and the way out. */
class SpecChecksTest {

    private static final String QWEN = "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n";
    private static final String NODE_CLASS = "compute: {nodePool: {managed: {nodeClass: ";
    private static final String NETWORK =
            "subnetSelectorTerms: [{id: subnet-1}], securityGroupSelectorTerms: [{id: sg-1}]";

    private record Bad(String name, String spec, Reason reason, List<String> fragments) {}

    private static Bad bad(String name, String spec, Reason reason, String... fragments) {
        return new Bad(name, spec, reason, List.of(fragments));
    }

    @TestFactory
    Stream<DynamicTest> badSpecsHoldWithFieldAndWayOut() {
        return Stream.of(shape(), model(), hardware(), engine(), allowances())
                .flatMap(List::stream)
                .map(bad -> DynamicTest.dynamicTest(bad.name(), () -> {
                    var hold = Planning.standard().hold(Manifests.withSpec(bad.spec()), FakeCluster.nothing());
                    assertThat(hold.problem().reason()).isEqualTo(bad.reason());
                    assertThat(hold.problem().message()).contains(bad.fragments());
                    assertThat(hold.children()).isEqualTo(DesiredChildren.NONE);
                }));
    }

    private static List<Bad> shape() {
        return List.of(
                bad("no source", "model: {source: {}}", Reason.InvalidSpec, "spec.model.source", "exactly one of"),
                bad(
                        "two sources",
                        "model: {source: {huggingFace: {repository: a/b}, s3: {uri: 's3://b/c'}}}",
                        Reason.InvalidSpec,
                        "spec.model.source",
                        "exactly one of"),
                bad(
                        "two kinds of nodes",
                        QWEN + "compute: {nodePool: {managed: {}, existing: {name: gpu}}}",
                        Reason.InvalidSpec,
                        "spec.compute.nodePool",
                        "exactly one of managed, existing, none"),
                bad(
                        "no kind of nodes",
                        QWEN + "compute: {nodePool: {}}",
                        Reason.InvalidSpec,
                        "spec.compute.nodePool",
                        "exactly one of"),
                bad(
                        "families and types",
                        QWEN + "compute: {instanceFamilies: [g5], instanceTypes: [g5.2xlarge]}",
                        Reason.InvalidSpec,
                        "spec.compute",
                        "not both"),
                bad(
                        "empty node class",
                        QWEN + NODE_CLASS + "{}}}}",
                        Reason.InvalidSpec,
                        "spec.compute.nodePool.managed.nodeClass",
                        "exactly one of ec2, ref"),
                bad(
                        "role and instance profile",
                        QWEN + NODE_CLASS + "{ec2: {role: a, instanceProfile: b, " + NETWORK + "}}}}}",
                        Reason.InvalidSpec,
                        "nodeClass.ec2",
                        "exactly one of role, instanceProfile"),
                bad(
                        "max below min",
                        QWEN + "scaling: {minReplicas: 3, maxReplicas: 2}",
                        Reason.InvalidSpec,
                        "spec.scaling.maxReplicas",
                        "raise maxReplicas or lower minReplicas"),
                bad(
                        "scale to zero",
                        QWEN + "scaling: {minReplicas: 0}",
                        Reason.InvalidSpec,
                        "spec.scaling.minReplicas",
                        "use 1 or more"),
                bad(
                        "target above what is asked",
                        QWEN + "engine: {vllm: {maxConcurrentRequests: 16}}\nscaling: {targetRunningRequests: 17}",
                        Reason.InvalidSpec,
                        "spec.scaling.targetRunningRequests: 17",
                        "16 requests",
                        "lower it or leave it out"),
                bad(
                        "target above what is derived",
                        QWEN + "scaling: {targetRunningRequests: 4000}",
                        Reason.InvalidSpec,
                        "spec.scaling.targetRunningRequests: 4000",
                        "lower it or leave it out"),
                bad(
                        "target as high as the gauge",
                        QWEN + "engine: {vllm: {maxConcurrentRequests: 16}}\nscaling: {targetRunningRequests: 16}",
                        Reason.InvalidSpec,
                        "spec.scaling.targetRunningRequests: 16"),
                bad(
                        "reserved pod label",
                        QWEN + "serving: {podLabels: {llmservice.io/service: other}}",
                        Reason.InvalidSpec,
                        "spec.serving.podLabels",
                        "llmservice.io/service",
                        "prefix of your own"),
                bad(
                        "reserved pod annotation",
                        QWEN + "serving: {podAnnotations: {karpenter.sh/do-not-disrupt: 'false'}}",
                        Reason.InvalidSpec,
                        "podAnnotations",
                        "karpenter.sh/do-not-disrupt",
                        "prefix of your own"));
    }

    private static List<Bad> model() {
        return List.of(
                bad(
                        "unknown model",
                        "model: {source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instrukt}}}",
                        Reason.ModelUnknown,
                        "spec.model",
                        "it knows Qwen/Qwen2.5-7B,",
                        "give spec.model.architecture"),
                bad(
                        "unknown model in a bucket",
                        "model: {source: {s3: {uri: 's3://models/mine/'}}}",
                        Reason.ModelUnknown,
                        "does not know mine",
                        "give spec.model.architecture"),
                bad(
                        "context beyond the model's",
                        "model: {contextLength: 16384, source: {huggingFace: {repository: meta-llama/Meta-Llama-3-8B}}}",
                        Reason.InvalidSpec,
                        "spec.model.contextLength",
                        "16,384",
                        "at most 8,192"),
                bad(
                        "workload beyond the context",
                        QWEN + "workload: {inputTokens: 8000, outputTokens: 1000}",
                        Reason.InvalidSpec,
                        "spec.workload",
                        "raise spec.model.contextLength to 9,000"),
                bad(
                        "quantized twice",
                        "model: {quantization: awq, source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct-AWQ}}}\n"
                                + "engine: {vllm: {onlineQuantization: fp8}}",
                        Reason.InvalidSpec,
                        "spec.engine.vllm.onlineQuantization",
                        "leave onlineQuantization out"),
                bad(
                        "heads that do not divide",
                        architecture("attentionHeads: 32, keyValueHeads: 5, hiddenSize: 4096, parameters: 8000000000"),
                        Reason.InvalidSpec,
                        "spec.model.architecture.keyValueHeads",
                        "config.json"),
                bad(
                        "more heads than width",
                        architecture("attentionHeads: 32, keyValueHeads: 8, hiddenSize: 16, parameters: 8000000000"),
                        Reason.InvalidSpec,
                        "spec.model.architecture.hiddenSize",
                        "config.json"),
                bad(
                        "fewer parameters than embeddings",
                        architecture("attentionHeads: 32, keyValueHeads: 8, hiddenSize: 4096, parameters: 7000000"),
                        Reason.InvalidSpec,
                        "spec.model.architecture.parameters",
                        "131072000",
                        "config.json"));
    }

    private static String architecture(String numbers) {
        return "model: {source: {huggingFace: {repository: a/b}}, architecture: {layers: 32, vocabularySize: 32000, "
                + numbers + "}}";
    }

    private static List<Bad> hardware() {
        return List.of(
                bad(
                        "bfloat16 on T4",
                        "model: {dataType: bfloat16, source: {huggingFace: {repository: Qwen/Qwen2.5-1.5B-Instruct}}}\n"
                                + "compute: {instanceFamilies: [g4dn]}",
                        Reason.NothingFits,
                        "spec.compute",
                        "T4",
                        "bfloat16",
                        "To make it fit"),
                bad(
                        "FP8 on T4",
                        "model: {quantization: fp8, source: {huggingFace: {repository: RedHatAI/Qwen2.5-1.5B-Instruct-FP8}}}\n"
                                + "compute: {instanceFamilies: [g4dn]}",
                        Reason.NothingFits,
                        "spec.compute",
                        "T4",
                        "cannot run fp8 weights",
                        "To make it fit"),
                bad(
                        "too large for all that is allowed",
                        "model: {source: {huggingFace: {repository: meta-llama/Meta-Llama-3-70B}}}\n"
                                + "compute: {instanceTypes: [g5.12xlarge]}",
                        Reason.NothingFits,
                        "spec.compute",
                        "g5.12xlarge: weights 131.4 GiB / 4 GPUs",
                        "To make it fit"),
                bad(
                        "GPUs that do not divide the heads",
                        QWEN + "compute: {gpusPerReplica: 3}",
                        Reason.InvalidSpec,
                        "spec.compute.gpusPerReplica",
                        "use one of"),
                bad("no CPU", QWEN + "compute: {cpu: '0'}", Reason.InvalidSpec, "spec.compute.cpu: 0", "at least 100m"),
                bad("hardly any CPU", QWEN + "compute: {cpu: 1m}", Reason.InvalidSpec, "spec.compute.cpu: 1m"),
                bad(
                        "a word for CPU",
                        QWEN + "compute: {cpu: many}",
                        Reason.InvalidSpec,
                        "spec.compute.cpu: many",
                        "not a Kubernetes quantity"),
                bad(
                        "memory without a unit",
                        QWEN + "compute: {memory: '16'}",
                        Reason.InvalidSpec,
                        "spec.compute.memory: 16",
                        "at least 1Gi"),
                bad(
                        "more memory than any node has",
                        QWEN + "compute: {memory: 4T}",
                        Reason.NothingFits,
                        "spec.compute",
                        "3,814,698 MiB of host memory"),
                bad(
                        "more memory than a number holds",
                        QWEN + "compute: {memory: 999999999999T}",
                        Reason.NothingFits,
                        "spec.compute",
                        "of host memory"));
    }

    private static List<Bad> engine() {
        return List.of(
                bad(
                        "version too old",
                        QWEN + "engine: {vllm: {version: 0.17.1}}",
                        Reason.InvalidSpec,
                        "spec.engine.vllm.version: 0.17.1",
                        "from 0.18.0 to 0.32.0"),
                bad(
                        "version too new",
                        QWEN + "engine: {vllm: {version: v0.33.0}}",
                        Reason.InvalidSpec,
                        "spec.engine.vllm.version: v0.33.0"),
                bad(
                        "a version that is none",
                        QWEN + "engine: {vllm: {version: 0.30.nightly}}",
                        Reason.InvalidSpec,
                        "spec.engine.vllm.version"),
                bad(
                        "bitsandbytes checkpoint without the plugin",
                        "model: {quantization: bitsandbytes, source: {huggingFace: {repository: Qwen/Qwen2.5-7B-Instruct}}}\n"
                                + "engine: {vllm: {version: 0.28.0}}",
                        Reason.InvalidSpec,
                        "spec.engine.vllm.version",
                        "bitsandbytes",
                        "use 0.27"),
                bad(
                        "bitsandbytes at load without the plugin",
                        QWEN + "engine: {vllm: {onlineQuantization: bitsandbytes}}",
                        Reason.InvalidSpec,
                        "bitsandbytes"),
                argument("--max-model-len=5", "spec.model.contextLength"),
                argument("--max_model_len=5", "spec.model.contextLength"),
                argument("--max-model-l=5", "spec.model.contextLength"),
                argument("-tp=2", "spec.compute.gpusPerReplica"),
                argument("--max-num-batched-tokens=64", "spec.engine.vllm.maxBatchedTokens"),
                argument("--served-model-name=x", "spec.model.name"),
                argument("--port=1", "--port is set by the operator"),
                argument("--trust-remote-code", "an administrator must allow it"),
                argument("--trust-remote", "an administrator must allow it"),
                argument("--config=/etc/passwd", "an administrator must allow it"),
                argument("--middleware=a.b", "an administrator must allow it"),
                argument("--worker-cls=a.b", "an administrator must allow it"),
                argument("--allowed-local-media-path=/", "an administrator must allow it"),
                argument("--sead=7", "did you mean --seed"),
                argument("stray", "belongs to no flag"),
                variable("LD_PRELOAD"),
                variable("PYTHONPATH"),
                variable("HF_TOKEN"),
                variable("HOME"));
    }

    private static Bad argument(String argument, String fragment) {
        return bad(
                "argument " + argument,
                QWEN + "engine: {vllm: {extraArgs: ['--seed=1', '" + argument + "']}}",
                Reason.ArgumentRefused,
                "spec.engine.vllm.extraArgs[1]",
                fragment);
    }

    private static Bad variable(String name) {
        return bad(
                "variable " + name,
                QWEN + "engine: {vllm: {env: [{name: " + name + ", value: x}]}}",
                Reason.ArgumentRefused,
                "spec.engine.vllm.env",
                name);
    }

    private static List<Bad> allowances() {
        return List.of(
                refused("engine: {vllm: {image: 'elsewhere/vllm:v0.30.0'}}", "spec.engine.vllm.image", "images"),
                refused("engine: {vllm: {image: 'vllm/vllm-openai-evil:v1'}}", "spec.engine.vllm.image", "images"),
                refused("engine: {vllm: {image: 'vllm:5000/vllm-openai'}}", "spec.engine.vllm.image", "images"),
                refused("serving: {serviceAccountName: admin}", "spec.serving.serviceAccountName", "serviceAccounts"),
                refused(
                        NODE_CLASS + "{ec2: {role: Admin, " + NETWORK + "}}}}}",
                        "spec.compute.nodePool.managed.nodeClass.ec2.role",
                        "roles"),
                refused(
                        NODE_CLASS + "{ec2: {instanceProfile: Admin, " + NETWORK + "}}}}}",
                        "spec.compute.nodePool.managed.nodeClass.ec2.instanceProfile",
                        "roles"),
                refused(
                        NODE_CLASS + "{ref: {group: karpenter.k8s.aws, kind: EC2NodeClass, name: other}}}}}",
                        "spec.compute.nodePool.managed.nodeClass.ref",
                        "nodeClasses"),
                bad(
                        "image of weights",
                        "model: {source: {image: {reference: 'elsewhere/phi-4:1', path: /phi-4}}}",
                        Reason.NotAllowed,
                        "spec.model.source.image.reference",
                        "allowed.images"));
    }

    private static Bad refused(String spec, String field, String setting) {
        return bad(
                "not allowed: " + spec,
                QWEN + spec,
                Reason.NotAllowed,
                field,
                "leave the field out",
                "the chart value allowed." + setting);
    }

    @Test
    void anInstanceTypeThatTheAdministratorDoesNotAllowIsRefused() {
        var hold = Planning.standard()
                .withAllowed(Allowing.instanceTypes("g5.*"))
                .hold(
                        Manifests.withSpec(QWEN + "compute: {instanceTypes: [g5.2xlarge, p4d.24xlarge]}"),
                        FakeCluster.nothing());
        assertThat(hold.problem().reason()).isEqualTo(Reason.NotAllowed);
        assertThat(hold.problem().message())
                .contains("spec.compute.instanceTypes: p4d.24xlarge", "allowed.instanceTypes");
    }

    @Test
    void aDefaultFamilyIsNarrowedToWhatTheAdministratorAllows() {
        var proceed = Planning.standard()
                .withAllowed(Allowing.instanceTypes("g5.4xlarge"))
                .proceed(Manifests.withSpec(QWEN), FakeCluster.nothing());
        assertThat(proceed.accepted().plan().ladder())
                .singleElement()
                .extracting(rung -> rung.instanceType())
                .isEqualTo("g5.4xlarge");
    }

    @Test
    void aDiskThatCannotHoldTheWeightsIsRefused() {
        var spec = QWEN + NODE_CLASS + "{ec2: {role: GpuNode, volumeSizeGiB: 20, %s" + NETWORK + "}}}}}";
        var planning = Planning.standard().withAllowed(Allowing.roles("GpuNode"));
        var hold = planning.hold(Manifests.withSpec(spec.formatted("")), FakeCluster.nothing());
        assertThat(hold.problem().reason()).isEqualTo(Reason.InvalidSpec);
        assertThat(hold.problem().message())
                .contains("nodeClass.ec2.volumeSizeGiB: 20 GiB", "set at least 76, or leave it out");
        assertThat(planning.proceed(
                        Manifests.withSpec(spec.formatted("instanceStorePolicy: RAID0, ")), FakeCluster.nothing()))
                .isNotNull();
    }

    @Test
    void withoutANodeClassOfAnybodyTheMessageSaysWhoCanGiveOne() {
        var hold = Planning.standard()
                .withNodeClass(Optional.empty())
                .hold(Manifests.withSpec(QWEN), FakeCluster.nothing());
        assertThat(hold.problem().reason()).isEqualTo(Reason.NodeClassMissing);
        assertThat(hold.problem().message())
                .contains("spec.compute.nodePool.managed.nodeClass", "set the field", "chart value nodeClass");
    }

    /** Eight-bit weights on a GPU without eight-bit arithmetic work, and the plan says how. */
    @Test
    void weightOnlyFp8IsNoted() {
        var proceed = Planning.standard()
                .proceed(
                        Manifests.withSpec(
                                "model: {quantization: fp8, source: {huggingFace: {repository: neuralmagic/Meta-Llama-3-8B-Instruct-FP8}}}\n"
                                        + "compute: {instanceFamilies: [g5]}"),
                        FakeCluster.nothing());
        assertThat(proceed.accepted().plan().words().notes())
                .anySatisfy(note -> assertThat(note).contains("A10G", "weight-only"));
    }

    @Test
    void aServiceWithoutASpecHolds() {
        var service = Manifests.withSpec(QWEN);
        service.setSpec(null);
        assertThat(Planning.standard()
                        .hold(service, FakeCluster.nothing())
                        .problem()
                        .message())
                .contains("spec.model.source");
    }
}
