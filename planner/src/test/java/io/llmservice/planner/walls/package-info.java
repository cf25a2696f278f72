@NullMarked
package io.llmservice.planner.walls;

import org.jspecify.annotations.NullMarked;
