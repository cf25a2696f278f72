package io.llmservice.canary;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Must not compile: it dereferences what may be null. */
@NullMarked
final class UnsoundCanary {

    private UnsoundCanary() {}

    static int length(@Nullable String word) {
        return word.length();
    }
}
