/** Generates the CRD and holds it against the copies that are checked in. */
@NullMarked
package io.llmservice.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
