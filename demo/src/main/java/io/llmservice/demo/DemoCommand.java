package io.llmservice.demo;

import io.llmservice.localcluster.ClusterOptions;
import io.llmservice.localcluster.KeptCluster;
import io.llmservice.localcluster.LocalCluster;
import java.nio.file.Path;
import java.util.List;

/** {@code demo} shows the product and cleans up; {@code up} leaves it running, {@code down} ends it. */
public final class DemoCommand {

    /** The commands are run from the project's root. */
    private static final Path CHECKOUT = Path.of("");

    private static final Path KEPT = Path.of("target", "local-cluster");
    private static final Path SHOWN = Path.of("target", "demo-cluster");

    private DemoCommand() {}

    public static void main(String[] arguments) throws InterruptedException {
        int exit = switch (String.join(" ", arguments)) {
            case "demo" -> demo();
            case "up" -> up();
            case "keep" -> keep();
            case "down" -> down();
            default -> usage();
        };
        System.exit(exit);
    }

    private static int demo() throws InterruptedException {
        var screen = new Screen();
        screen.heading("A Kubernetes cluster on this machine");
        try (var cluster = LocalCluster.start(ClusterOptions.in(SHOWN).withProgress(screen::say))) {
            screen.step("API server, scheduler and controllers answer at " + cluster.url());
            var gateway = new Installation(CHECKOUT).install(cluster);
            screen.step("Karpenter runs; Helm has installed the operator, and it is ready");
            gateway.ifPresent(address -> screen.step("so is the gateway, at " + address));
            new Demo(cluster, CHECKOUT, gateway, screen).run();
            return 0;
        } catch (DemoFailure failure) {
            screen.say("FAILED: " + failure.getMessage());
            screen.say("Logs are in " + SHOWN.resolve("logs"));
            return 1;
        }
    }

    private static int up() {
        var cluster = new KeptCluster(KEPT, System.out::println);
        if (!cluster.up(KeptCluster.javaCommand(DemoCommand.class.getName(), List.of("keep")))) {
            return 1;
        }
        System.out.println("The cluster runs, with the operator installed. Point kubectl at it:");
        System.out.println("  export KUBECONFIG=" + cluster.kubeconfig().toAbsolutePath());
        System.out.println("  kubectl apply -f examples/quickstart.yaml && kubectl get llm -w");
        if (GatewayProgram.isBuilt(CHECKOUT)) {
            System.out.println("The gateway answers at " + Installation.GATEWAY + "/v1");
        }
        System.out.println("End it with `make cluster-down`.");
        return 0;
    }

    private static int keep() throws InterruptedException {
        new KeptCluster(KEPT, System.out::println).keep(cluster -> new Installation(CHECKOUT).install(cluster));
        return 0;
    }

    private static int down() {
        new KeptCluster(KEPT, System.out::println).down();
        return 0;
    }

    private static int usage() {
        System.err.println("usage: demo | up | down");
        return 2;
    }
}
