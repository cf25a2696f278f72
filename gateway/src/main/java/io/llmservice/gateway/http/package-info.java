/** The gateway's doors: what it listens on, what it takes for a request, and how it closes. */
@NullMarked
package io.llmservice.gateway.http;

import org.jspecify.annotations.NullMarked;
