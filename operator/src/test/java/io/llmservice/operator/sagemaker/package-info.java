/** The operator's side of SageMaker, against a stand-in that the real SDK talks to. */
@org.jspecify.annotations.NullMarked
package io.llmservice.operator.sagemaker;
