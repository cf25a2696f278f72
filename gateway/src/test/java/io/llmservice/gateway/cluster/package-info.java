@NullMarked
package io.llmservice.gateway.cluster;

import org.jspecify.annotations.NullMarked;
