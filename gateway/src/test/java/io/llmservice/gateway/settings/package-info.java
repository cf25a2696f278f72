@NullMarked
package io.llmservice.gateway.settings;

import org.jspecify.annotations.NullMarked;
