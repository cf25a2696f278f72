@NullMarked
package io.llmservice.localcluster.binaries;

import org.jspecify.annotations.NullMarked;
