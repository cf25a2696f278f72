/** Programs from PyPI and npm that tests hold the product against, installed once into the cache that builds share. */
@NullMarked
package io.llmservice.standins.packages;

import org.jspecify.annotations.NullMarked;
