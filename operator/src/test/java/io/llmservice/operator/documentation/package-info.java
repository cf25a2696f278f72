/** Holds what users read and copy (documents, examples, the chart) against what the code does. */
@NullMarked
package io.llmservice.operator.documentation;

import org.jspecify.annotations.NullMarked;
