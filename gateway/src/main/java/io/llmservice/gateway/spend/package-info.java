/** What the targets cost, and whether they may cost more: never more than the budget, within a stated bound. */
@NullMarked
package io.llmservice.gateway.spend;

import org.jspecify.annotations.NullMarked;
