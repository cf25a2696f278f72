package io.llmservice.planner;

/** The parts of an image reference. */
public final class ImageName {

    private ImageName() {}

    /** An image reference without tag and digest. */
    public static String repository(String reference) {
        var withoutDigest = reference.split("@", 2)[0];
        int colon = withoutDigest.lastIndexOf(':');
        return colon > withoutDigest.lastIndexOf('/') ? withoutDigest.substring(0, colon) : withoutDigest;
    }
}
