/**
 * SageMaker as the operator uses it: it looks, does the steps of the plan, and remembers how it stands. All of it happens
 * on threads of its own; a reconcile only reads what was found last.
 */
@NullMarked
package io.llmservice.operator.sagemaker;

import org.jspecify.annotations.NullMarked;
