/** What runs in place of a container on a simulated node: the interface for it, a local process, and nothing at all. */
@NullMarked
package io.llmservice.localcluster.workload;

import org.jspecify.annotations.NullMarked;
