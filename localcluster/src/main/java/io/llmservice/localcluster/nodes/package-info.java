/** The agent that plays kubelet for simulated nodes: leases and readiness, pods and their containers, probes, restarts and graceful ends. */
@NullMarked
package io.llmservice.localcluster.nodes;

import org.jspecify.annotations.NullMarked;
