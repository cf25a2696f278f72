package io.llmservice.demo;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.llmservice.localcluster.ClusterOptions;
import io.llmservice.localcluster.LocalCluster;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The whole product as a user meets it: Helm installs it, Karpenter makes the nodes, the real HPA scales on the model
 * servers' own gauge, and deletion leaves nothing. Every step of the demo waits for what it says.
 */
class DemoIT {

    private static final Path CHECKOUT = Path.of("..");

    @Test
    void everyStepOfTheDemoHolds() {
        var screen = new Screen();
        try (var cluster = LocalCluster.start(
                ClusterOptions.in(Path.of("target", "demo-cluster")).withProgress(screen::say))) {
            var gateway = new Installation(CHECKOUT).install(cluster);
            assertThatCode(() -> new Demo(cluster, CHECKOUT, gateway, screen).run())
                    .doesNotThrowAnyException();
        }
    }
}
