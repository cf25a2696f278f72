package io.llmservice.localcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    private Path directory;

    private final List<String> progress = new ArrayList<>();

    @Test
    void officialBinariesComeFirst() throws IOException {
        Path assets = directory.resolve("assets");
        Path official = script(assets.resolve("etcd"), "");

        assertThat(binaries(Map.of("KUBEBUILDER_ASSETS", assets.toString())).locate(Program.ETCD))
                .isEqualTo(official);
    }

    @Test
    void withoutBinaryAndGoTheMessageNamesTheWayOut() {
        assertThatThrownBy(() -> binaries(Map.of()).locate(Program.KUBE_APISERVER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kube-apiserver")
                .hasMessageContaining("Install Go")
                .hasMessageContaining("KUBEBUILDER_ASSETS");
    }

    @Test
    void twoThatNeedTheSameProgramAtOnceBuildItOnce() throws Exception {
        Path builds = directory.resolve("builds");
        script(directory.resolve("bin/go"), """
                echo build >> %s
                /bin/sleep 0.3
                while [ "$1" != -o ]; do shift; done
                echo program > "$2"
                """.formatted(builds));
        Map<String, String> environment =
                Map.of("PATH", directory.resolve("bin").toString());

        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Future<Path> one = pool.submit(() -> binaries(environment).locate(Program.ETCD));
            Future<Path> two = pool.submit(() -> binaries(environment).locate(Program.ETCD));

            assertThat(one.get()).isEqualTo(two.get()).hasContent("program");
        }
        assertThat(builds).hasContent("build");
    }

    @Test
    void failedBuildShowsWhatGoSaidAndLeavesNothingBehind() throws IOException {
        script(directory.resolve("bin/go"), "echo 'no such host' >&2; exit 1");
        Map<String, String> environment =
                Map.of("PATH", directory.resolve("bin").toString());

        assertThatThrownBy(() -> binaries(environment).locate(Program.HELM))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such host");
        assertThat(progress)
                .singleElement()
                .asString()
                .contains("building helm")
                .contains("minutes");
        assertThat(directory.resolve("cache/helm-" + Program.HELM.version() + "/helm"))
                .doesNotExist();
    }

    @Test
    void versionsComeFromTheGoModules() {
        assertThat(Program.KUBE_APISERVER.version()).startsWith("v1.34.");
        assertThat(Program.ETCD.version()).startsWith("v3.6.");
        assertThat(Crd.Source.KARPENTER_AWS.version()).isEqualTo(Program.KARPENTER.version());
    }

    private Binaries binaries(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("LLMSERVICE_CACHE", directory.resolve("cache").toString());
        return Binaries.from(all, progress::add);
    }

    private static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
