/**
 * The API {@code llmservice.io/v1alpha1}: one record per object that a user writes or reads. Constructors fill in the
 * defaults that the schema states, so that a spec read from a file means what it means on the API server.
 */
@NullMarked
package io.llmservice.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
