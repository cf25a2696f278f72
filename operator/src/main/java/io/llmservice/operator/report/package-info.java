/** Says what is the case: status, conditions and events, pure but for the two classes that write them. */
@NullMarked
package io.llmservice.operator.report;

import org.jspecify.annotations.NullMarked;
