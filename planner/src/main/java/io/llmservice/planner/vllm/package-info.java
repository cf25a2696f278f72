/**
 * What {@code vllm serve} accepts, version by version: its flags, how it reads an argument list, and which arguments
 * and environment variables a user may add to those that the operator renders. Everything here is pure; the facts are
 * in the package's CSV resources.
 */
@NullMarked
package io.llmservice.planner.vllm;

import org.jspecify.annotations.NullMarked;
