@NullMarked
package io.llmservice.operator.metricsapi.access;

import org.jspecify.annotations.NullMarked;
