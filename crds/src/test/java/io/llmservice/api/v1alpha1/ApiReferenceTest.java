package io.llmservice.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The API's page in the documentation is the one that the CRD says. */
class ApiReferenceTest {

    private static final Path PAGE = Path.of("../docs/api.md");

    /** Run with {@code -Dgenerate=true} (as {@code make docs} does) to write the page. */
    @Test
    void pageIsUpToDate() throws IOException {
        var generated = ApiReference.of(CrdDocument.parse(CrdDocument.generate())
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema());
        if (System.getProperty("generate") != null) {
            Files.createDirectories(PAGE.toAbsolutePath().getParent());
            Files.writeString(PAGE, generated);
        }
        assertThat(PAGE)
                .as("run `make docs` and commit the result")
                .exists()
                .content()
                .isEqualTo(generated);
    }
}
