@NullMarked
package io.llmservice.planner.check;

import org.jspecify.annotations.NullMarked;
