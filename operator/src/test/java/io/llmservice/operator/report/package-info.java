@NullMarked
package io.llmservice.operator.report;

import org.jspecify.annotations.NullMarked;
