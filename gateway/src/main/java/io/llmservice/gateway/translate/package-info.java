/**
 * From OpenAI's chat completions to what the targets speak, and back: pure functions from trees and records to trees and
 * records. What a target cannot carry is said before anything is sent.
 */
@NullMarked
package io.llmservice.gateway.translate;

import org.jspecify.annotations.NullMarked;
