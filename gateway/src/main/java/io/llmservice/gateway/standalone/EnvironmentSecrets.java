package io.llmservice.gateway.standalone;

import io.llmservice.api.v1alpha1.SecretKeyReference;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where there is no cluster, keys come from the environment: key {@code token} of {@code vendor-key} from
 * {@code VENDOR_KEY_TOKEN}, or just {@code VENDOR_KEY}.
 */
final class EnvironmentSecrets {

    private EnvironmentSecrets() {}

    static Optional<String> value(SecretKeyReference reference, Map<String, String> environment) {
        String name = variable(reference.name());
        return Optional.ofNullable(environment.get(name + "_" + variable(reference.key())))
                .or(() -> Optional.ofNullable(environment.get(name)));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
