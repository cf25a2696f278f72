/** The API {@code llmservice.io/v1alpha1}: one record per object that a user writes or reads. */
@NullMarked
package io.llmservice.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
