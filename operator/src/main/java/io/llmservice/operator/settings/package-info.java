/** Every setting of the operator, read once from the environment; the chart has a value for each. */
@NullMarked
package io.llmservice.operator.settings;

import org.jspecify.annotations.NullMarked;
