/** The binary framing that AWS services stream their answers in. */
@NullMarked
package io.llmservice.standins.eventstream;

import org.jspecify.annotations.NullMarked;
