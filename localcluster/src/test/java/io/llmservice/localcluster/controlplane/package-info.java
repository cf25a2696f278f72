@NullMarked
package io.llmservice.localcluster.controlplane;

import org.jspecify.annotations.NullMarked;
