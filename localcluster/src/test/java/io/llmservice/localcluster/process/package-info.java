@NullMarked
package io.llmservice.localcluster.process;

import org.jspecify.annotations.NullMarked;
