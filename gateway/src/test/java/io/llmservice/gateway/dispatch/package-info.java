@NullMarked
package io.llmservice.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
