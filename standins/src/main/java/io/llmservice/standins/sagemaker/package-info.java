/**
 * SageMaker's control plane on loopback: it speaks the wire protocol (AWS JSON 1.1), keeps state, takes its time, and
 * refuses like the real one.
 */
@NullMarked
package io.llmservice.standins.sagemaker;

import org.jspecify.annotations.NullMarked;
