/** Where the next attempt of a request goes: pod or target, by load, breaker and what was tried already. */
@NullMarked
package io.llmservice.gateway.dispatch;

import org.jspecify.annotations.NullMarked;
