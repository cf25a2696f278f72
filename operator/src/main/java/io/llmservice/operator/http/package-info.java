/**
 * The operator's plain HTTP endpoints: liveness, readiness that says what is missing, and its own metrics. Nothing here needs
 * authentication, so nothing here says more than a probe or a scraper needs.
 */
@NullMarked
package io.llmservice.operator.http;

import org.jspecify.annotations.NullMarked;
