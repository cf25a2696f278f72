package io.llmservice.canary;

import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Compiles: without it the other canary could fail for any reason. */
@NullMarked
final class SoundCanary {

    private SoundCanary() {}

    static int length(@Nullable String word) {
        return word == null ? 0 : word.length();
    }
}
