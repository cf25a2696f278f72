/** Real Karpenter over a simulated cloud whose machines are those of EC2: their GPUs, allocatable resources and prices. */
@NullMarked
package io.llmservice.localcluster.karpenter;

import org.jspecify.annotations.NullMarked;
