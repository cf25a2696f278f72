@NullMarked
package io.llmservice.planner.decision;

import org.jspecify.annotations.NullMarked;
