package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceSpecBuilder;
import io.llmservice.planner.Labels;

/** The Service: one address for the pods that are ready. */
public final class ServingService {

    private ServingService() {}

    public static Service desired(ChildContext context) {
        return new ServiceBuilder()
                .withMetadata(context.namespaced(context.identity().name(), "serving"))
                .withSpec(spec(context))
                .build();
    }

    /** Where clients inside the cluster reach the model: the base that OpenAI SDKs take. */
    public static String endpoint(ChildContext context) {
        return "http://%s.%s.svc:%d/v1"
                .formatted(context.identity().name(), context.identity().namespace(), ChildContext.PORT);
    }

    private static ServiceSpec spec(ChildContext context) {
        return new ServiceSpecBuilder()
                .withType("ClusterIP")
                .withSelector(Labels.selector(context.identity()))
                .withPorts(new ServicePortBuilder()
                        .withName(ChildContext.PORT_NAME)
                        .withProtocol("TCP")
                        .withPort(ChildContext.PORT)
                        .withTargetPort(new IntOrString(ChildContext.PORT_NAME))
                        .build())
                .build();
    }
}
