package io.llmservice.operator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every setting is an environment variable, a value of the chart and a line of the document. */
class SettingsDocumentTest {

    private static final Pattern READ = Pattern.compile("environment\\.\\w+\\(\\s*\"([A-Z_]+)\"");
    private static final Pattern LOGGING = Pattern.compile("\\$\\{([A-Z_]+):-");
    private static final Pattern RENDERED = Pattern.compile("(?m)^- name: ([A-Z_]+)$");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");
    private static final Pattern VALUE = Pattern.compile("`([a-z][A-Za-z.]+)`");

    /** What the container has beside the operator's settings: its address, for others to refer to, and the JVM's options. */
    private static final List<String> NOT_SETTINGS = List.of("POD_IP", "JAVA_TOOL_OPTIONS");

    private static List<String> variables() {
        var variables = new TreeSet<>(Checkout.matches(
                READ, Checkout.read("operator/src/main/java/io/llmservice/operator/settings/Settings.java")));
        variables.addAll(Checkout.matches(LOGGING, Checkout.read("operator/src/main/resources/logback.xml")));
        return List.copyOf(variables);
    }

    @Test
    void chartSetsEveryVariable() {
        var rendered = new TreeSet<>(
                Checkout.matches(RENDERED, Checkout.read("helm/llmservice-operator/templates/_environment.tpl")));
        NOT_SETTINGS.forEach(rendered::remove);
        assertThat(rendered).containsExactlyElementsOf(variables());
    }

    @Test
    void documentHasEveryVariable() {
        var ofOperator = Checkout.read("docs/settings.md").split("(?m)^## The gateway$", 2)[0];
        var documented = new TreeSet<>(Checkout.matches(DOCUMENTED, ofOperator));
        NOT_SETTINGS.forEach(documented::remove);
        assertThat(documented).containsExactlyElementsOf(variables());
    }

    @Test
    void documentHasEveryValueOfTheChart() throws IOException {
        var leaves = new ArrayList<String>();
        collect("", new YAMLMapper().readTree(Checkout.read("helm/llmservice-operator/values.yaml")), leaves);
        assertThat(Checkout.matches(VALUE, Checkout.read("docs/settings.md"))).containsAll(leaves);
    }

    private static void collect(String prefix, JsonNode node, List<String> leaves) {
        boolean resources = prefix.endsWith("resources.requests") || prefix.endsWith("resources.limits");
        if (!node.isObject() || node.isEmpty() || resources) {
            leaves.add(prefix);
            return;
        }
        node.properties()
                .forEach(field -> collect(
                        prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(), field.getValue(), leaves));
    }
}
