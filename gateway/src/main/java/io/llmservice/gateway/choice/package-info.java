/**
 * Which pod gets a request: the load of each, what of the prompt each has in its cache, and which are left out for not
 * answering. Pure over snapshots; the memory of prefixes is bounded.
 */
@NullMarked
package io.llmservice.gateway.choice;

import org.jspecify.annotations.NullMarked;
