@NullMarked
package io.llmservice.planner.catalogue;

import org.jspecify.annotations.NullMarked;
