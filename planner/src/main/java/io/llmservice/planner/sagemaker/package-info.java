/**
 * What a managed SageMaker target should look like in AWS, and the ordered steps from what is there to that. Pure; names
 * are a function of who asks and of the content, so that a crash between any two steps leaves nothing that the next run
 * would make a second time.
 */
@NullMarked
package io.llmservice.planner.sagemaker;

import org.jspecify.annotations.NullMarked;
