package io.llmservice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Names outside namespaces: as short as a label value, and never the same for two services. */
class ChildNamesTest {

    private static final String LABEL_AND_NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    @Property(tries = 300)
    void namesAreLabelValuesWhateverTheService(@ForAll("words") String namespace, @ForAll("words") String name) {
        var service = new Identity(namespace, name, "uid");
        assertThat(Stream.of(
                        ChildNames.pool(service),
                        ChildNames.nodeClass(service),
                        ChildNames.nodePool(service, "p5en.48xlarge", "karpenter.k8s.aws", "EC2NodeClass")))
                .allSatisfy(
                        made -> assertThat(made).hasSizeLessThanOrEqualTo(63).matches(LABEL_AND_NAME));
    }

    @Test
    void aDashBetweenNamespaceAndNameIsNoBridge() {
        var services = List.of(new Identity("a-b", "c", "1"), new Identity("a", "b-c", "2"));
        assertThat(services.stream().map(ChildNames::pool)).doesNotHaveDuplicates();
        assertThat(services.stream().map(service -> pool(service, "g5.xlarge", "EC2NodeClass")))
                .doesNotHaveDuplicates();
    }

    @Test
    void longNamesThatBeginAlikeStayApart() {
        var stem = "x".repeat(49);
        Set<String> made = Stream.of("a", "b", "c", "d")
                .map(end -> pool(new Identity("n".repeat(63), stem + end, end), "g5.48xlarge", "EC2NodeClass"))
                .collect(Collectors.toSet());
        assertThat(made).hasSize(4);
    }

    @Test
    void typesAndKindsOfNodeClassHavePoolsOfTheirOwn() {
        var service = new Identity("team", "chat", "uid");
        assertThat(Stream.of(
                        pool(service, "g5.xlarge", "EC2NodeClass"),
                        pool(service, "g5.2xlarge", "EC2NodeClass"),
                        pool(service, "g5.xlarge", "NodeClass")))
                .doesNotHaveDuplicates();
    }

    /** A service that is deleted and made again gets the names that it had. */
    @Test
    void namesDoNotDependOnTheUid() {
        assertThat(ChildNames.pool(new Identity("team", "chat", "1")))
                .isEqualTo(ChildNames.pool(new Identity("team", "chat", "2")));
    }

    private static String pool(Identity service, String type, String kind) {
        return ChildNames.nodePool(service, type, "karpenter.k8s.aws", kind);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("ab-9")
                .ofMinLength(1)
                .ofMaxLength(63)
                .filter(word -> word.matches(LABEL_AND_NAME));
    }
}
