@NullMarked
package io.llmservice.planner.sizing;

import org.jspecify.annotations.NullMarked;
