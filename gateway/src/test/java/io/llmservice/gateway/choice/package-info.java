@NullMarked
package io.llmservice.gateway.choice;

import org.jspecify.annotations.NullMarked;
