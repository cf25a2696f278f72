/**
 * The gateway inside Kubernetes: what it learns from the API server and from the pods' own metrics, and the one entry of
 * status that it writes. Nothing here is asked while a request waits; when the API server is away, what was learned last
 * goes on being used.
 */
@NullMarked
package io.llmservice.gateway.cluster;

import org.jspecify.annotations.NullMarked;
