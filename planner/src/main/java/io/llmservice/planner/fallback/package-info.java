/**
 * Where a service may fall back to: what the administrator allows, which addresses are refused whoever allows them, and
 * which mode is in force. Pure and cheap, because the operator asks for every spec and the gateway for every request.
 */
@NullMarked
package io.llmservice.planner.fallback;

import org.jspecify.annotations.NullMarked;
