package io.llmservice.operator.metricsapi.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.operator.metricsapi.tls.Pem;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/**
 * How the API server's front proxy proves itself and names users, as the ConfigMap
 * {@code kube-system/extension-apiserver-authentication} tells it.
 *
 * @param authorities who may sign the proxy's client certificate
 * @param allowedNames common names that the certificate may have; none given means any
 */
public record FrontProxyConfig(
        List<X509Certificate> authorities,
        List<String> allowedNames,
        List<String> usernameHeaders,
        List<String> uidHeaders,
        List<String> groupHeaders,
        List<String> extraHeaderPrefixes) {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "extension-apiserver-authentication";

    private static final ObjectMapper JSON = new ObjectMapper();

    public FrontProxyConfig {
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("no authority that could sign the front proxy's certificate");
        }
        if (usernameHeaders.isEmpty()) {
            throw new IllegalArgumentException("no header that could name the user");
        }
        authorities = List.copyOf(authorities);
        allowedNames = List.copyOf(allowedNames);
        usernameHeaders = List.copyOf(usernameHeaders);
        uidHeaders = List.copyOf(uidHeaders);
        groupHeaders = List.copyOf(groupHeaders);
        extraHeaderPrefixes = List.copyOf(extraHeaderPrefixes);
    }

    /**
     * Reads the ConfigMap's data.
     *
     * @throws IllegalArgumentException if it does not describe a front proxy
     */
    public static FrontProxyConfig of(Map<String, String> data) {
        return new FrontProxyConfig(
                Pem.certificates(data.getOrDefault("requestheader-client-ca-file", "")),
                names(data, "requestheader-allowed-names"),
                names(data, "requestheader-username-headers"),
                names(data, "requestheader-uid-headers"),
                names(data, "requestheader-group-headers"),
                names(data, "requestheader-extra-headers-prefix"));
    }

    private static List<String> names(Map<String, String> data, String key) {
        try {
            return List.of(JSON.readValue(data.getOrDefault(key, "[]"), String[].class));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(key + " is not a JSON list of names", malformed);
        }
    }
}
