package io.llmservice.gateway.cluster;

import io.llmservice.gateway.route.ServiceRoute;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which Secret. */
record SecretName(String namespace, String name) {

    /** The Secrets that a service refers to, all in its own namespace: its clients' keys, and those of its targets. */
    static Set<SecretName> of(ServiceRoute route) {
        var keys = route.gateway().apiKeys();
        var ofClients = keys == null
                ? Stream.<String>empty()
                : Stream.of(keys.secretRef().name());
        var ofTargets = route.fallback().stream()
                .flatMap(fallback -> fallback.targets().stream())
                .flatMap(target -> Stream.ofNullable(target.openAi()))
                .flatMap(target -> Stream.ofNullable(target.apiKeySecretRef()))
                .map(reference -> reference.name());
        return Stream.concat(ofClients, ofTargets)
                .map(name -> new SecretName(route.key().namespace(), name))
                .collect(Collectors.toUnmodifiableSet());
    }
}
