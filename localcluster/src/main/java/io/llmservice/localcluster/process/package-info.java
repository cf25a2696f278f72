/** Programs as child processes that end with the JVM that started them, and the records by which a later JVM can end what is left. */
@NullMarked
package io.llmservice.localcluster.process;

import org.jspecify.annotations.NullMarked;
