@NullMarked
package io.llmservice.gateway.spend;

import org.jspecify.annotations.NullMarked;
