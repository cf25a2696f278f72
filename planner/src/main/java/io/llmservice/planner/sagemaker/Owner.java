package io.llmservice.planner.sagemaker;

import io.llmservice.planner.Labels;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose an object in AWS is. Names are account-wide, so the cluster is part of it; the UID is not, so that an endpoint
 * that was retained is taken up again.
 *
 * @param clusterId the administrator's name for the cluster, at most 16 characters
 * @param namespace namespace of the LlmService
 * @param service name of the LlmService
 * @param target name of the fallback target
 */
public record Owner(String clusterId, String namespace, String service, String target) {

    public static final String CLUSTER_TAG = "llmservice.io/cluster";
    private static final String TARGET_TAG = "llmservice.io/target";
    private static final int MAX_READABLE = 20;

    /** SageMaker's bound on names. */
    public static final int MAX_NAME = 63;

    /** Name of the endpoint, and the beginning of every other name: {@code llm-CLUSTER-SERVICE-TARGET-HASH}. */
    public String base() {
        var readable = service + "-" + target;
        var cut =
                readable.substring(0, Math.min(MAX_READABLE, readable.length())).replaceAll("-+$", "");
        var who = String.join("/", clusterId, namespace, service, target);
        return "llm-" + clusterId + "-" + cut + "-" + hash(who, 8);
    }

    /** Tags of everything that is made for the target. */
    public Map<String, String> tags() {
        var tags = new TreeMap<String, String>();
        tags.put(CLUSTER_TAG, clusterId);
        tags.put(Labels.MANAGED_BY, Labels.OPERATOR);
        tags.put(Labels.SERVICE_NAMESPACE, namespace);
        tags.put(Labels.SERVICE, service);
        tags.put(TARGET_TAG, target);
        return tags;
    }

    /** Whether an object with these tags was made for the target. */
    public boolean owns(Map<String, String> tags) {
        return tags.entrySet().containsAll(tags().entrySet());
    }

    /** The first characters of a text's SHA-256, in hexadecimal. */
    static String hash(String text, int length) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, length);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
