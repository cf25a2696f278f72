package io.llmservice.operator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmservice.planner.Labels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart makes for the gateway, as real Helm renders it. */
class GatewayChartIT {

    private static final String NAME = "llmservice-operator-gateway";
    private static final String[] RIGHTS = {
        "/pods: get list watch",
        "/secrets: get",
        "llmservice.io/llmservices/status: patch",
        "llmservice.io/llmservices: get list watch"
    };

    /** Secrets by name and never as a list; of all it writes, its own part of a status. */
    @Test
    void gatewayHasTheseRightsAndNoOthers() throws Exception {
        var chart = Chart.render();

        assertThat(Chart.rights(chart.only("ClusterRole", NAME))).containsExactly(RIGHTS);
        assertThat(Chart.rights(chart.only("Role", NAME))).containsExactly("/pods: get list watch");
    }

    @Test
    void watchedNamespacesConfineIt() throws Exception {
        var chart = Chart.render("--set", "watchNamespaces={team-a,team-b}");

        assertThat(chart.objects("ClusterRole")).noneMatch(role -> named(role, NAME));
        assertThat(chart.objects("ClusterRoleBinding")).noneMatch(binding -> named(binding, NAME));
        assertThat(chart.objects("Role").filter(role -> named(role, NAME + "-services")))
                .hasSize(2)
                .allSatisfy(role -> assertThat(Chart.rights(role)).containsExactly(RIGHTS))
                .extracting(role -> role.at("/metadata/namespace").asText())
                .containsExactly("team-a", "team-b");
        assertThat(chart.environment("gateway")).containsEntry("WATCH_NAMESPACES", "team-a,team-b");
    }

    @Test
    void clientsReachItAtOneAddress() throws Exception {
        var service = Chart.render().only("Service", NAME);

        assertThat(service.at("/spec/ports/0/port").asInt()).isEqualTo(80);
        assertThat(service.at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        assertThat(service.at("/spec/selector/app.kubernetes.io~1name").asText())
                .isEqualTo(Labels.GATEWAY);
    }

    @Test
    void podOutlivesItsDrain() throws Exception {
        var pod = Chart.render("--set", "gateway.drainSeconds=300").pod("gateway");

        int pause = pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        assertThat(pod.at("/terminationGracePeriodSeconds").asInt()).isGreaterThan(pause + 300);
    }

    @Test
    void everyValueReachesTheGateway() throws Exception {
        var chart = Chart.render(
                "--values",
                Checkout.ROOT
                        .resolve("operator/src/test/resources/io/llmservice/operator/documentation/every-value.yaml")
                        .toString());

        assertThat(chart.environment("gateway"))
                .containsEntry("HTTP_PORT", "9000")
                .containsEntry("METRICS_PORT", "9001")
                .containsEntry("BIND_ADDRESS", "$(POD_IP)")
                .containsEntry("DRAIN_SECONDS", "300")
                .containsEntry("ALLOWED_FALLBACK_HOSTS", "api.example.com,team-a=http://10.1.0.0/16")
                .containsEntry("ALLOWED_SAGEMAKER_ENDPOINTS", "team-a=prod-*")
                .containsEntry("ALLOWED_BEDROCK_MODELS", "amazon.nova-*")
                .containsEntry("REQUIRED_SECRET_LABEL", "llmservice.io/allowed=true");
        for (var kind : List.of("Deployment", "Service", "ServiceAccount", "PodDisruptionBudget", "PodMonitor")) {
            assertThat(chart.only(kind, "llm")).isNotNull();
        }
    }

    @Test
    void withoutItNothingOfItIsLeft() throws Exception {
        assertThat(Stream.of(
                                "Deployment",
                                "Service",
                                "ServiceAccount",
                                "ClusterRole",
                                "ClusterRoleBinding",
                                "Role",
                                "RoleBinding",
                                "PodDisruptionBudget")
                        .flatMap(Chart.render("--set", "gateway.enabled=false")::objects))
                .isNotEmpty()
                .noneMatch(object -> object.at("/metadata/name").asText().contains("gateway"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway.replica=3",
                "gateway.drainSeconds=-1",
                "gateway.name=Gateway",
                "gateway.service.type=ExternalName",
                "gateway.podLabels.app\\.kubernetes\\.io/name=x",
                "allowed.fallback.host={x}"
            })
    void mistypedValueIsRefused(String value) throws Exception {
        assertThat(Chart.template("--set", value).exit()).isNotZero();
    }

    private static boolean named(JsonNode object, String name) {
        return object.at("/metadata/name").asText().equals(name);
    }
}
