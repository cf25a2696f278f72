/** What vLLM accepts, held against recordings of the real parser, and which disguises of a flag are seen through. */
@NullMarked
package io.llmservice.planner.vllm;

import org.jspecify.annotations.NullMarked;
