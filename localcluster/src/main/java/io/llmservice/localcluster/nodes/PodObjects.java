package io.llmservice.localcluster.nodes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmservice.localcluster.controlplane.Kubeconfig;
import io.llmservice.localcluster.workload.ServiceAccountCredentials;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Reads what one pod refers to in its namespace, and gets tokens for its service account. */
record PodObjects(KubernetesClient client, Function<String, Kubeconfig> tokens, Pod pod, Path directory)
        implements ContainerEnvironment.References, ServiceAccountCredentials {
    @Override
    public Optional<Map<String, String>> configMap(String name) {
        ConfigMap found =
                client.configMaps().inNamespace(namespace()).withName(name).get();
        return Optional.ofNullable(found)
                .map(configMap -> Optional.ofNullable(configMap.getData()).orElse(Map.of()));
    }

    @Override
    public Optional<Map<String, String>> secret(String name) {
        Secret found = client.secrets().inNamespace(namespace()).withName(name).get();
        return Optional.ofNullable(found).map(secret -> {
            Map<String, String> decoded = new TreeMap<>();
            Optional.ofNullable(secret.getData())
                    .orElse(Map.of())
                    .forEach((key, value) ->
                            decoded.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
            return decoded;
        });
    }

    @Override
    public Optional<Path> kubeconfig() {
        if (!mountsToken()) {
            return Optional.empty();
        }
        ObjectMeta metadata = pod.getMetadata();
        String token = client.serviceAccounts()
                .inNamespace(namespace())
                .withName(serviceAccount())
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(TimeUnit.HOURS.toSeconds(1))
                        .withNewBoundObjectRef("v1", "Pod", metadata.getName(), metadata.getUid())
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return Optional.of(tokens.apply(token).write(directory.resolve("kubeconfig")));
    }

    private boolean mountsToken() {
        Boolean asked = pod.getSpec().getAutomountServiceAccountToken();
        if (asked != null) {
            return asked;
        }
        ServiceAccount account = client.serviceAccounts()
                .inNamespace(namespace())
                .withName(serviceAccount())
                .get();
        return account == null || !Boolean.FALSE.equals(account.getAutomountServiceAccountToken());
    }

    private String serviceAccount() {
        return Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }
}
