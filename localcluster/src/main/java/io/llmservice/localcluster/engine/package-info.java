/**
 * What serves a model on the local cluster: a simulator that answers as vLLM's OpenAI server does, in this process and
 * with no model at all, and the real vLLM on CPU with a tiny random one. Shapes of answers, errors, metrics and of the
 * end on SIGTERM were observed on vLLM 0.32.0; {@code EngineConformance} in the tests holds one against the other.
 */
@NullMarked
package io.llmservice.localcluster.engine;

import org.jspecify.annotations.NullMarked;
