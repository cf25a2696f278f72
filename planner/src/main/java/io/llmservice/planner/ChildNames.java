package io.llmservice.planner;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The names of the objects of a service. Names outside namespaces carry a hash, so that no two services share one. */
public final class ChildNames {

    /** Names become label values, which end at this length. */
    private static final int MAX_LABEL_VALUE = 63;

    private ChildNames() {}

    /** Value of the label that ties nodes to one service: {@code namespace-name-hash}, at most 63 characters. */
    public static String pool(Identity identity) {
        return bounded(
                identity.namespace() + "-" + identity.name(), digest(identity.namespace() + "/" + identity.name(), 5));
    }

    /**
     * Name of the NodePool of one rung. Group and kind of a NodePool's class are immutable, so they are part of the
     * hash: another class means another pool.
     */
    public static String nodePool(Identity identity, String instanceType, String nodeClassGroup, String nodeClassKind) {
        var hash = digest(identity.namespace() + "/" + identity.name() + "/" + nodeClassGroup + "/" + nodeClassKind, 5);
        return bounded(identity.namespace() + "-" + identity.name(), instanceType.replace('.', '-') + "-" + hash);
    }

    /** Name of the EC2NodeClass that the operator makes for a service. */
    public static String nodeClass(Identity identity) {
        return pool(identity);
    }

    /** Name of the ControllerRevision that keeps an accepted plan, by the plan's content. */
    public static String revision(Identity identity, String content) {
        return identity.name() + "-plan-" + digest(content, 10);
    }

    private static String bounded(String stem, String suffix) {
        int room = MAX_LABEL_VALUE - suffix.length() - 1;
        var shortened = stem.length() <= room ? stem : stem.substring(0, room);
        return shortened.replaceAll("[-.]+$", "") + "-" + suffix;
    }

    /** The first characters of the SHA-256 of a text, in hexadecimal. */
    public static String digest(String text, int characters) {
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes).substring(0, characters);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
