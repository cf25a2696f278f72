/** Services, policies and a cluster in memory that the tests of every package start from. */
@NullMarked
package io.llmservice.planner;

import org.jspecify.annotations.NullMarked;
