package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a container's preStop hook: sleeps, also as a command, and HTTP requests; other commands do nothing. */
final class PreStop {
    private static final Pattern SLEEP = Pattern.compile("(?:/bin/)?sleep (\\d+(?:\\.\\d+)?)");

    private PreStop() {}

    /** Takes at most {@code grace}. */
    static void run(Container container, PodEnvironment pod, Duration grace) throws InterruptedException {
        LifecycleHandler hook = container.getLifecycle() == null
                ? null
                : container.getLifecycle().getPreStop();
        if (hook == null) {
            return;
        }
        if (hook.getHttpGet() != null) {
            pod.probeClient().httpGet(hook.getHttpGet(), container, pod.address(), grace.plusMillis(1));
        }
        Duration pause = pause(hook);
        Thread.sleep(pause.compareTo(grace) < 0 ? pause : grace);
    }

    private static Duration pause(LifecycleHandler hook) {
        if (hook.getSleep() != null) {
            return Duration.ofSeconds(hook.getSleep().getSeconds());
        }
        if (hook.getExec() != null) {
            List<String> command = hook.getExec().getCommand();
            boolean shell = command.size() == 3 && command.get(1).equals("-c");
            Matcher sleep = SLEEP.matcher(shell ? command.get(2).strip() : String.join(" ", command));
            if (sleep.matches()) {
                return Duration.ofMillis((long) (Double.parseDouble(sleep.group(1)) * 1000));
            }
        }
        return Duration.ZERO;
    }
}
