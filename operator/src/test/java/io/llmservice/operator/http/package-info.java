@NullMarked
package io.llmservice.operator.http;

import org.jspecify.annotations.NullMarked;
