package io.llmservice.operator.metricsapi;

import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.APIGroupBuilder;
import io.fabric8.kubernetes.api.model.APIGroupList;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GroupVersionForDiscovery;
import io.llmservice.operator.metricsapi.pods.Gauge;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What the API server asks to learn what is served here. */
final class Discovery {
    private Discovery() {}

    static APIGroupList groups() {
        return new APIGroupList("v1", List.of(group()), "APIGroupList");
    }

    static APIGroup group() {
        List<GroupVersionForDiscovery> versions = Arrays.stream(ApiVersion.values())
                .map(version -> new GroupVersionForDiscovery(version.groupVersion(), version.text()))
                .toList();
        return new APIGroupBuilder()
                .withName(ApiVersion.GROUP)
                .withVersions(versions)
                .withPreferredVersion(versions.getFirst())
                .build();
    }

    static APIResourceList resources(ApiVersion version) {
        List<APIResource> resources = Arrays.stream(Gauge.values())
                .map(gauge -> new APIResourceBuilder()
                        .withName("pods/" + gauge.metricName())
                        .withSingularName("")
                        .withNamespaced(true)
                        .withKind("MetricValueList")
                        .withVerbs("get")
                        .build())
                .toList();
        return new APIResourceList("v1", version.groupVersion(), "APIResourceList", resources);
    }

    /** The least that the API server's aggregation of OpenAPI documents accepts; clients of this API carry its types. */
    static Map<String, Object> openApiV2() {
        return Map.of("swagger", "2.0", "info", Map.of("title", ApiVersion.GROUP, "version", "v1"), "paths", Map.of());
    }

    static Map<String, Object> openApiV3() {
        return Map.of("paths", Map.of());
    }
}
