/** Writes: server-side apply of what differs, deletion of what should go, and nothing where nothing differs. */
@NullMarked
package io.llmservice.operator.apply;

import org.jspecify.annotations.NullMarked;
