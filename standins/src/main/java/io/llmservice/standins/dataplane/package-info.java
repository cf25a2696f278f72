/** What the stand-ins of the data planes share: a small HTTP server, signatures, answers and faults. */
@NullMarked
package io.llmservice.standins.dataplane;

import org.jspecify.annotations.NullMarked;
