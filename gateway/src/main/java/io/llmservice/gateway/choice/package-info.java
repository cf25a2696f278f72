/** Which pod a request goes to. */
@NullMarked
package io.llmservice.gateway.choice;

import org.jspecify.annotations.NullMarked;
