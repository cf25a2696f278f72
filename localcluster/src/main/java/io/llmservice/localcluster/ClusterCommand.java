package io.llmservice.localcluster;

import io.llmservice.localcluster.binaries.Binaries;
import io.llmservice.localcluster.nodes.NodeSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a bare cluster: {@code up [--detach]}, {@code down} and {@code prefetch}, each with an optional
 * {@code --directory DIR}.
 */
public final class ClusterCommand {
    private static final Path DEFAULT_DIRECTORY = Path.of("target", "local-cluster");
    private static final String USAGE = "usage: up [--detach] [--directory DIR] | down [--directory DIR] | prefetch";

    private ClusterCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        int exit = run(List.of(arguments));
        if (exit != 0) {
            System.exit(exit);
        }
    }

    private static int run(List<String> arguments) throws InterruptedException {
        List<String> words = new ArrayList<>(arguments);
        Optional<Path> directory = takeDirectory(words);
        KeptCluster cluster = new KeptCluster(directory.orElse(DEFAULT_DIRECTORY), System.out::println);
        switch (String.join(" ", words)) {
            case "up" -> cluster.keep(ClusterCommand::complete);
            case "up --detach" -> {
                return detach(cluster, directory.orElse(DEFAULT_DIRECTORY));
            }
            case "down" -> cluster.down();
            case "prefetch" -> Binaries.fromEnvironment(System.out::println).prefetch();
            default -> {
                System.err.println(USAGE);
                return 2;
            }
        }
        return 0;
    }

    private static int detach(KeptCluster cluster, Path directory) {
        List<String> keeper = KeptCluster.javaCommand(
                ClusterCommand.class.getName(), List.of("up", "--directory", directory.toString()));
        if (!cluster.up(keeper)) {
            return 1;
        }
        System.out.println("export KUBECONFIG=" + cluster.kubeconfig());
        return 0;
    }

    private static void complete(LocalCluster cluster) {
        cluster.startNodes(NodeSettings.defaults());
        cluster.startKarpenter();
        System.out.println("The cluster is ready at " + cluster.url() + ", its logs are in "
                + cluster.runDirectory().resolve("logs"));
    }

    private static Optional<Path> takeDirectory(List<String> words) {
        int option = words.indexOf("--directory");
        if (option < 0 || option + 1 >= words.size()) {
            return Optional.empty();
        }
        Path directory = Path.of(words.remove(option + 1));
        words.remove(option);
        return Optional.of(directory);
    }
}
