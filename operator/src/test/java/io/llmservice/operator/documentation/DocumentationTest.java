package io.llmservice.operator.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.planner.decision.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents say is there is there. */
class DocumentationTest {

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");
    private static final Pattern CLASS_NAME = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");

    private static List<Path> documents() {
        return Stream.concat(
                        Checkout.files("docs", ".md").stream(),
                        Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
                                .map(Checkout.ROOT::resolve))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() {
        return documents().stream()
                .map(document -> DynamicTest.dynamicTest(
                        Checkout.ROOT.relativize(document).toString(),
                        () -> assertThat(Checkout.matches(LINK, Files.readString(document)))
                                .allSatisfy(link -> assertThat(document.resolveSibling(link))
                                        .exists())));
    }

    /** A reason that nobody can look up helps nobody; one that never occurs misleads. */
    @Test
    void everyReasonHasItsHeading() {
        assertThat(Checkout.matches(HEADING, Checkout.read("docs/troubleshooting.md")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Reason.values()).map(Reason::name).toList());
    }

    /** The tables that say where a behaviour is: class and test, both by name. */
    @TestFactory
    Stream<DynamicTest> classesOfTheTablesExist() {
        var sources = Checkout.files("", ".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toUnmodifiableSet());
        return Stream.of("README.md", "docs/architecture.md", "docs/karpenter.md")
                .map(document -> DynamicTest.dynamicTest(document, () -> assertTables(document, sources)));
    }

    private static void assertTables(String document, Set<String> sources) {
        var named = new ArrayList<String>();
        boolean inTable = false;
        for (var line : Checkout.read(document).lines().toList()) {
            inTable = line.startsWith("|") && (inTable || line.contains("| class |"));
            if (inTable) {
                named.addAll(Checkout.matches(CLASS_NAME, line));
            }
        }
        assertThat(named).isNotEmpty();
        named.removeAll(sources);
        assertThat(named).as("classes that no source file has").isEmpty();
    }
}
