package io.llmservice.operator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmservice.operator.metricsapi.ApiServiceSettings;
import io.llmservice.operator.settings.AwsSettings;
import io.llmservice.operator.settings.Settings;
import io.llmservice.planner.children.CustomKinds;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as real Helm renders it: settings, rights, and what it refuses. */
class ChartIT {

    private static final String EVERY_VALUE =
            "operator/src/test/resources/io/llmservice/operator/documentation/every-value.yaml";

    private static final String[] ALL = {
        "--values", Checkout.ROOT.resolve(EVERY_VALUE).toString()
    };

    private static final String[] CLUSTER_RIGHTS = {
        "/configmaps: get",
        "/nodes: get list watch",
        "/persistentvolumeclaims: get",
        "/pods: get list watch",
        "/secrets: get",
        "/serviceaccounts: get list watch create patch delete",
        "/services: get list watch create patch delete",
        "apiextensions.k8s.io/customresourcedefinitions[nodepools.karpenter.sh, nodeclaims.karpenter.sh, ec2nodeclasses.karpenter.k8s.aws, podmonitors.monitoring.coreos.com]: get list watch",
        "apiregistration.k8s.io/apiservices: create",
        "apiregistration.k8s.io/apiservices[v1beta1.custom.metrics.k8s.io, v1beta2.custom.metrics.k8s.io]: get update delete",
        "apps/controllerrevisions: get list watch create patch delete",
        "apps/deployments: get list watch create patch delete",
        "authorization.k8s.io/subjectaccessreviews: create",
        "autoscaling/horizontalpodautoscalers: get list watch create patch delete",
        "eks.amazonaws.com/nodeclasses: get",
        "events.k8s.io/events: create",
        "karpenter.k8s.aws/ec2nodeclasses: get list watch create patch delete",
        "karpenter.kwok.sh/kwoknodeclasses: get",
        "karpenter.sh/nodeclaims: get list watch",
        "karpenter.sh/nodepools: get list watch create patch delete",
        "llmservice.io/llmservices/finalizers: update",
        "llmservice.io/llmservices/status: get patch update",
        "llmservice.io/llmservices: get list watch patch update",
        "monitoring.coreos.com/podmonitors: get list watch create patch delete",
        "networking.k8s.io/networkpolicies: get list watch create patch delete",
        "policy/poddisruptionbudgets: get list watch create patch delete",
        "rbac.authorization.k8s.io/clusterroles[llmservice-operator]: get"
    };

    private static final String[] OWN_NAMESPACE_RIGHTS = {
        "/secrets[llmservice-operator-metrics-tls]: get update",
        "coordination.k8s.io/leases: create",
        "coordination.k8s.io/leases[llmservice-operator]: get update patch"
    };

    @Test
    void helmFindsNothingToComplainAbout() throws Exception {
        assertThat(Chart.lint().exit()).isZero();
        assertThat(Chart.lint(ALL).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replica=3",
                "metricsApi.mode=on",
                "metricsApi.ports=1",
                "allowed.image={x}",
                "nodeClass.reff.name=x",
                "nodeClass.ref.name=x",
                "prices.g5=1",
                "logLevel=verbose",
                "leaderElection=false",
                "aws.enabled=true",
                "clusterId=Not_Good",
                "allowed.fallback.host={x}",
                "podLabels.app\\.kubernetes\\.io/name=x"
            })
    void mistypedValueIsRefused(String value) throws Exception {
        assertThat(Chart.template("--set", value).exit()).isNotZero();
    }

    /** What the chart shows as default is what the operator does without it; only logs are JSON in a cluster. */
    @Test
    void defaultsOfTheChartAreThoseOfTheOperator() throws Exception {
        var ofChart = Settings.from(Chart.render().environment());
        var ofOperator = Settings.from(Map.of());

        assertThat(ofChart)
                .usingRecursiveComparison()
                .ignoringFields("metricsApi.ownerClusterRole")
                .isEqualTo(ofOperator);
    }

    @Test
    void everyValueReachesTheOperator() throws Exception {
        var environment = Chart.render(ALL).environment();
        var settings = Settings.from(environment);

        assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("team-a", "team-b");
        assertThat(settings.http().port()).isEqualTo(9090);
        assertThat(settings.metricsApi())
                .isEqualTo(new Settings.MetricsApi(
                        ApiServiceSettings.Mode.ENABLED, 7443, "ops-metrics", Optional.of("ops")));
        assertThat(settings.policy().allowed().instanceTypes()).containsExactly("g5.*", "g6.*");
        assertThat(settings.policy().allowed().engineFlags()).containsExactly("--trust-remote-code");
        assertThat(settings.policy().engine().version()).isEqualTo("0.31.1");
        assertThat(settings.policy().nodeClass().orElseThrow().ec2()).isNotNull();
        assertThat(settings.policy().maxGpusPerNamespace()).isEqualTo(2_000_000);
        assertThat(settings.policy().requiredSecretLabel()).contains("llmservice.io/allowed=true");
        assertThat(settings.pricesFile()).isPresent();
        assertThat(environment).containsEntry("GATEWAY_NAMESPACE", "llmservice-system");
        assertThat(settings.aws())
                .contains(new AwsSettings(
                        "prod-1", Optional.of("eu-west-1"), Optional.of(URI.create("https://vpce-1.example.com"))));
        var fallback = settings.policy().fallback().limits();
        assertThat(fallback.hosts()).containsExactly("api.example.com", "team-a=http://10.1.0.0/16");
        assertThat(fallback.sageMakerEndpoints()).containsExactly("team-a=prod-*");
        assertThat(fallback.managed().instanceTypes()).containsExactly("ml.g5.*");
        assertThat(fallback.managed().executionRole()).contains("arn:aws:iam::111122223333:role/sagemaker");
        assertThat(environment).containsEntry("LOG_FORMAT", "text").containsEntry("LOG_LEVEL", "debug");
    }

    /** Read this list as an auditor would; a right more is a line more. */
    @Test
    void operatorHasTheseRightsAndNoOthers() throws Exception {
        var chart = Chart.render();

        assertThat(Chart.rights(chart.only("ClusterRole", "llmservice-operator")))
                .containsExactly(CLUSTER_RIGHTS);
        assertThat(Chart.rights(chart.only("Role", "llmservice-operator"))).containsExactly(OWN_NAMESPACE_RIGHTS);
    }

    @Test
    void watchedNamespacesNarrowItsRights() throws Exception {
        var chart = Chart.render("--set", "watchNamespaces={team-a}");

        assertThat(Chart.rights(chart.only("ClusterRole", "llmservice-operator")))
                .noneMatch(right -> right.startsWith("/secrets") || right.startsWith("apps/"))
                .anyMatch(right -> right.startsWith("karpenter.sh/nodepools"));
        var role = chart.only("Role", "llmservice-operator-services");
        assertThat(role.at("/metadata/namespace").asText()).isEqualTo("team-a");
        assertThat(Chart.rights(role)).contains("/secrets: get");
    }

    @Test
    void disabledMetricsApiLeavesOnlyTheRightToTakeItBack() throws Exception {
        var chart = Chart.render("--set", "metricsApi.mode=disabled");

        assertThat(chart.objects("Service"))
                .extracting(service -> service.at("/metadata/name").asText())
                .containsExactly("llmservice-operator-gateway");
        assertThat(Chart.rights(chart.only("ClusterRole", "llmservice-operator")))
                .noneMatch(right -> right.startsWith("authorization.k8s.io"))
                .noneMatch(right -> right.equals("apiregistration.k8s.io/apiservices: create"));
    }

    /** A kind that the operator looks for and may not watch would never come. */
    @Test
    void operatorMayWatchForEveryKindThatItMakes() throws Exception {
        var watched = Stream.of(Chart.render().only("ClusterRole", "llmservice-operator"))
                .flatMap(ChartIT::rules)
                .filter(rule -> Chart.words(rule.path("resources")).contains("customresourcedefinitions"))
                .flatMap(rule -> Chart.words(rule.path("resourceNames")).stream())
                .toList();

        assertThat(watched)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CustomKinds.values())
                        .map(CustomKinds::crdName)
                        .toList());
    }

    /** The Pod Security Standard "restricted". */
    @ParameterizedTest
    @ValueSource(strings = {"operator", "gateway"})
    void podIsRestricted(String component) throws Exception {
        var pod = Chart.render().pod(component);

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        var container = pod.at("/containers/0/securityContext");
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(Chart.words(container.at("/capabilities/drop"))).containsExactly("ALL");
    }

    @Test
    void crdStaysBehindUnlessToldOtherwise() throws Exception {
        var crd = "llmservices.llmservice.io";
        assertThat(Chart.render()
                        .only("CustomResourceDefinition", crd)
                        .at("/metadata/annotations")
                        .path("helm.sh/resource-policy")
                        .asText())
                .isEqualTo("keep");
        assertThat(Chart.render("--set", "crds.keep=false")
                        .only("CustomResourceDefinition", crd)
                        .at("/metadata")
                        .has("annotations"))
                .isFalse();
        assertThat(Chart.render("--set", "crds.install=false").objects("CustomResourceDefinition"))
                .isEmpty();
    }

    private static Stream<JsonNode> rules(JsonNode role) {
        return role.path("rules").valueStream();
    }
}
