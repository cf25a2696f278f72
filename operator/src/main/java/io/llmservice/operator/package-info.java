/** Wires the parts together and runs them. */
@NullMarked
package io.llmservice.operator;

import org.jspecify.annotations.NullMarked;
