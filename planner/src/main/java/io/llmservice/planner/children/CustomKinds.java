package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;

/** The kinds of other projects that the operator makes, and which a cluster may or may not know. */
public enum CustomKinds {
    NODE_POOL("karpenter.sh", "v1", "NodePool", "nodepools"),
    NODE_CLAIM("karpenter.sh", "v1", "NodeClaim", "nodeclaims"),
    EC2_NODE_CLASS("karpenter.k8s.aws", "v1", "EC2NodeClass", "ec2nodeclasses"),
    POD_MONITOR("monitoring.coreos.com", "v1", "PodMonitor", "podmonitors");

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;

    CustomKinds(String group, String version, String kind, String plural) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
    }

    public String group() {
        return group;
    }

    public String version() {
        return version;
    }

    public String kind() {
        return kind;
    }

    public String plural() {
        return plural;
    }

    public String apiVersion() {
        return group + "/" + version;
    }

    /** Name of the CustomResourceDefinition. */
    public String crdName() {
        return plural + "." + group;
    }

    public boolean namespaced() {
        return this == POD_MONITOR;
    }

    GenericKubernetesResource resource(ObjectMeta metadata, Map<String, Object> spec) {
        var resource = new GenericKubernetesResource();
        resource.setApiVersion(apiVersion());
        resource.setKind(kind);
        resource.setMetadata(metadata);
        resource.setAdditionalProperty("spec", spec);
        return resource;
    }
}
