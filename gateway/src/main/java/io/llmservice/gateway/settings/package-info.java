/** Every setting of the gateway, read from the environment. */
@NullMarked
package io.llmservice.gateway.settings;

import org.jspecify.annotations.NullMarked;
