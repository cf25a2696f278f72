/** SageMaker's data plane on loopback: endpoints with LMI, TGI and OpenAI-compatible containers. */
@NullMarked
package io.llmservice.standins.runtime;

import org.jspecify.annotations.NullMarked;
