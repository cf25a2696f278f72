package io.llmservice.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every setting of the gateway is an environment variable, a value of the chart and a line of the document. */
class GatewaySettingsDocumentTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern READ = Pattern.compile("environment\\.\\w+\\(\\s*\"([A-Z_]+)\"");
    private static final Pattern RENDERED = Pattern.compile("(?m)^- name: ([A-Z_]+)$");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\|");

    /** Its address for others to refer to, the JVM's options, and what the logging reads. */
    private static final Set<String> BESIDE = Set.of("POD_IP", "JAVA_TOOL_OPTIONS", "LOG_FORMAT", "LOG_LEVEL");

    private static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1))
                .filter(name -> !BESIDE.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> variables() {
        return found(READ, read("gateway/src/main/java/io/llmservice/gateway/settings/GatewaySettings.java"));
    }

    @Test
    void chartSetsEveryVariable() {
        assertThat(found(RENDERED, read("helm/llmservice-operator/templates/gateway/_environment.tpl")))
                .isNotEmpty()
                .isEqualTo(variables());
    }

    @Test
    void documentHasEveryVariable() {
        var section = read("docs/settings.md").split("(?m)^## The gateway$", 2)[1];

        assertThat(found(DOCUMENTED, section)).isEqualTo(variables());
    }
}
