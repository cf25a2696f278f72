/** From what is in AWS to what should be, and never a second endpoint. */
@org.jspecify.annotations.NullMarked
package io.llmservice.planner.sagemaker;
