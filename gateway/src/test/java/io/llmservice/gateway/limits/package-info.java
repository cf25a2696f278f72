@NullMarked
package io.llmservice.gateway.limits;

import org.jspecify.annotations.NullMarked;
