@NullMarked
package io.llmservice.operator.metricsapi;

import org.jspecify.annotations.NullMarked;
