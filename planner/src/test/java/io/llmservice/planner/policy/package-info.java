@NullMarked
package io.llmservice.planner.policy;

import org.jspecify.annotations.NullMarked;
