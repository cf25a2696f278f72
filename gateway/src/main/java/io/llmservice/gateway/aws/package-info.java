/**
 * Targets on AWS: Bedrock and SageMaker, asked by the SDK or by signed requests. What the SDK publishes becomes a stream of
 * Vert.x on the caller's context, read no faster than the client reads.
 */
@NullMarked
package io.llmservice.gateway.aws;

import org.jspecify.annotations.NullMarked;
