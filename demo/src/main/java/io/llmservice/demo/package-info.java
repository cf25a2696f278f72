/** The product as a user meets it: Helm installs it on a local cluster, and a script of steps shows what it does. */
@NullMarked
package io.llmservice.demo;

import org.jspecify.annotations.NullMarked;
