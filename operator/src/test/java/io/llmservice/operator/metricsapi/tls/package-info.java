@NullMarked
package io.llmservice.operator.metricsapi.tls;

import org.jspecify.annotations.NullMarked;
