@NullMarked
package io.llmservice.planner.fallback;

import org.jspecify.annotations.NullMarked;
