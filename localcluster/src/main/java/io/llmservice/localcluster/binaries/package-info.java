/** Where the programs and the custom resource definitions of the local cluster come from: official binaries, a cache, or a build with Go. */
@NullMarked
package io.llmservice.localcluster.binaries;

import org.jspecify.annotations.NullMarked;
