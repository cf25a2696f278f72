package io.llmservice.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;

/** A client of the operator's rights that is cut off after a number of writes, as if its process had died. */
final class MortalClient {

    private final int survivedWrites;
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean dead;

    MortalClient(int survivedWrites) {
        this.survivedWrites = survivedWrites;
    }

    KubernetesClient client() {
        var kubeconfig =
                TestCluster.get().kubeconfigFor(TestCluster.OPERATOR_NAMESPACE, OperatorRelease.SERVICE_ACCOUNT);
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.yaml()))
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("death", new Death()))
                .build();
    }

    boolean isDead() {
        return dead;
    }

    /** Writes that went through. */
    int writes() {
        return Math.min(writes.get(), survivedWrites);
    }

    private final class Death implements Interceptor {

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            if (isWrite(request) && writes.incrementAndGet() > survivedWrites) {
                dead = true;
            }
            if (dead) {
                // Refused before it leaves: to the API server this client is gone.
                builder.uri(java.net.URI.create("http://127.0.0.1:1/dead"));
            }
        }

        private static boolean isWrite(HttpRequest request) {
            return !request.method().equals("GET")
                    && !request.uri().getPath().contains("/events")
                    && !request.uri().getPath().contains("/leases");
        }
    }
}
