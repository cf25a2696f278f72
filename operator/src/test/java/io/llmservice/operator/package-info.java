/** The operator against a real API server, with its own rights. */
@NullMarked
package io.llmservice.operator;

import org.jspecify.annotations.NullMarked;
