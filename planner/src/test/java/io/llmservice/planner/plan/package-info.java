@NullMarked
package io.llmservice.planner.plan;

import org.jspecify.annotations.NullMarked;
