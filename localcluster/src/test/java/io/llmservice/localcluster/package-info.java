@NullMarked
package io.llmservice.localcluster;

import org.jspecify.annotations.NullMarked;
