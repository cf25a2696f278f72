@NullMarked
package io.llmservice.operator.metricsapi.pods;

import org.jspecify.annotations.NullMarked;
