/** Pure decisions: what a model needs, which instances carry it, and which objects serve it. */
@NullMarked
package io.llmservice.planner;

import org.jspecify.annotations.NullMarked;
