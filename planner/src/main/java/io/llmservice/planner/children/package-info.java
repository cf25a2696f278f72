/**
 * One class per object that a service consists of, each a pure function from the accepted plan to the object that should
 * be there. What the API server defaults is left out, unless the operator means to own it; quantities are written in the
 * server's own form, so that a comparison finds no difference where there is none.
 */
@NullMarked
package io.llmservice.planner.children;

import org.jspecify.annotations.NullMarked;
