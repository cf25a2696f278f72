@NullMarked
package io.llmservice.localcluster.nodes;

import org.jspecify.annotations.NullMarked;
