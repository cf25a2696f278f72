@NullMarked
package io.llmservice.localcluster.karpenter;

import org.jspecify.annotations.NullMarked;
