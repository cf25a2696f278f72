package io.llmservice.localcluster.nodes;

import java.time.Duration;

/**
 * How simulated nodes come up.
 *
 * @param readyAfter how long after a node appears it becomes Ready
 * @param devicePlugin whether the GPUs of a node become allocatable, which on a real node is the device plugin's doing
 */
public record NodeBehaviour(Duration readyAfter, boolean devicePlugin) {
    public NodeBehaviour {
        if (readyAfter.isNegative()) {
            throw new IllegalArgumentException("a node cannot be ready before it is there");
        }
    }

    /** Ready at once, with GPUs. */
    public static NodeBehaviour healthy() {
        return new NodeBehaviour(Duration.ZERO, true);
    }

    /** Ready at once, but without a device plugin. */
    public static NodeBehaviour withoutDevicePlugin() {
        return new NodeBehaviour(Duration.ZERO, false);
    }
}
