/** Bedrock's data plane on loopback: Converse, ConverseStream and the OpenAI-compatible route. */
@NullMarked
package io.llmservice.standins.bedrock;

import org.jspecify.annotations.NullMarked;
