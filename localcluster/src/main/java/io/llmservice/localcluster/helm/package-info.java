/** Helm, as a user runs it: charts rendered and installed by the real program. */
@NullMarked
package io.llmservice.localcluster.helm;

import org.jspecify.annotations.NullMarked;
