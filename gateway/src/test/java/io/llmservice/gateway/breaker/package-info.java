@NullMarked
package io.llmservice.gateway.breaker;

import org.jspecify.annotations.NullMarked;
