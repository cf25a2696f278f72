package io.llmservice.localcluster;

import io.llmservice.localcluster.binaries.Crd;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a local cluster is to be started.
 *
 * @param runDirectory where its data, certificates and logs go; what an earlier cluster left there is ended and removed
 * @param crds the custom resource definitions to install at the start; others can follow later
 * @param progress hears, in a line each, what takes long
 */
public record ClusterOptions(Path runDirectory, Set<Crd> crds, Consumer<String> progress) {
    public ClusterOptions {
        crds = Set.copyOf(crds);
    }

    /** All CRDs, progress to standard error. */
    public static ClusterOptions in(Path runDirectory) {
        return new ClusterOptions(runDirectory, EnumSet.allOf(Crd.class), System.err::println);
    }

    public ClusterOptions withCrds(Set<Crd> wanted) {
        return new ClusterOptions(runDirectory, wanted, progress);
    }

    public ClusterOptions withoutCrds(Crd... unwanted) {
        Set<Crd> wanted = EnumSet.noneOf(Crd.class);
        wanted.addAll(crds);
        Set.of(unwanted).forEach(wanted::remove);
        return withCrds(wanted);
    }

    public ClusterOptions withProgress(Consumer<String> listener) {
        return new ClusterOptions(runDirectory, crds, listener);
    }
}
