package io.llmservice.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A build whose null checks fell silent would pass; two sources that differ in one dereference show that they speak. */
class NullAwayCanaryTest {

    private static final Path CLASSES = Path.of("target/test-classes/io/llmservice/canary");

    @Test
    void dereferencingWhatMayBeNullDoesNotCompile() {
        assertThat(CLASSES.resolve("SoundCanary.class")).exists();
        assertThat(CLASSES.resolve("UnsoundCanary.class")).doesNotExist();
    }
}
