/** How the programs read their settings: typed values of variables that the caller has, with errors that name them. */
@NullMarked
package io.llmservice.planner.settings;

import org.jspecify.annotations.NullMarked;
