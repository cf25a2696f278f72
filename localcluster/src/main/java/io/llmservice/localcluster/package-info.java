/** A real control plane, real Karpenter and simulated GPU nodes on one machine. */
@NullMarked
package io.llmservice.localcluster;

import org.jspecify.annotations.NullMarked;
