package io.llmservice.gateway.standalone;

import io.llmservice.api.v1alpha1.SecretKeyReference;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where there is no cluster, keys come from the environment: key {@code token} of {@code vendor-key} from
 * {@code VENDOR_KEY_TOKEN}, or just {@code VENDOR_KEY}. The keys of clients are pairs there: {@code CLIENTS=alice=…,bob=…}.
 */
public final class EnvironmentSecrets {

    private EnvironmentSecrets() {}

    static Optional<String> value(SecretKeyReference reference, Map<String, String> environment) {
        String name = variable(reference.name());
        return Optional.ofNullable(environment.get(name + "_" + variable(reference.key())))
                .or(() -> Optional.ofNullable(environment.get(name)));
    }

    /** Id to key of clients, from the variable of the Secret's name; empty if it is not set or holds no pairs. */
    public static Optional<Map<String, String>> clients(String secret, Map<String, String> environment) {
        return Optional.ofNullable(environment.get(variable(secret)))
                .map(pairs -> Arrays.stream(pairs.split(",", -1))
                        .map(pair -> pair.split("=", 2))
                        .filter(pair -> pair.length == 2 && !pair[1].isBlank())
                        .collect(Collectors.toMap(pair -> pair[0].strip(), pair -> pair[1].strip())))
                .filter(keys -> !keys.isEmpty());
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
