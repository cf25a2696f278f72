@NullMarked
package io.llmservice.planner.children;

import org.jspecify.annotations.NullMarked;
