/** Services, requests and a clock that the tests of the pure packages start from. */
@NullMarked
package io.llmservice.gateway.policy;

import org.jspecify.annotations.NullMarked;
