package io.llmservice.gateway.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The keys of one service as hashes; a comparison takes as long whether it fits or not, and looks at all of them. */
final class KeyRing {

    private final Map<String, String> source;
    private final Map<String, byte[]> hashes = new TreeMap<>();

    KeyRing(Map<String, String> keys) {
        source = keys;
        keys.forEach((id, key) -> {
            // Files that Secrets are made of end with a line break more often than not; an empty key would let everyone
            // in.
            if (!key.isBlank()) {
                hashes.put(id, hash(key.strip()));
            }
        });
    }

    /** Whether it was made of these keys. */
    boolean madeOf(Map<String, String> keys) {
        return source.equals(keys);
    }

    /** Id of the key. */
    Optional<String> id(String presented) {
        byte[] hash = hash(presented.strip());
        Optional<String> found = Optional.empty();
        for (var entry : hashes.entrySet()) {
            if (MessageDigest.isEqual(entry.getValue(), hash)) {
                found = Optional.of(entry.getKey());
            }
        }
        return found;
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
