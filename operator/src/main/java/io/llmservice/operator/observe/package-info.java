/** Reads the cluster: informers for what a service owns, live reads for what a spec refers to. It decides nothing. */
@NullMarked
package io.llmservice.operator.observe;

import org.jspecify.annotations.NullMarked;
