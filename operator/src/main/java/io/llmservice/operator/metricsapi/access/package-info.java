/**
 * Who may ask: the API server's front proxy proves itself with a client certificate and only then names the user, and that
 * user's rights are asked for with a SubjectAccessReview.
 */
@NullMarked
package io.llmservice.operator.metricsapi.access;

import org.jspecify.annotations.NullMarked;
