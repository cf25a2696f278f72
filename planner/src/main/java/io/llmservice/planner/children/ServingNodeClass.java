package io.llmservice.planner.children;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.llmservice.api.v1alpha1.Ec2NodeClassSpec;
import io.llmservice.api.v1alpha1.NodeClassReference;
import io.llmservice.api.v1alpha1.NodeClassSpec;
import io.llmservice.api.v1alpha1.SelectorTerm;
import io.llmservice.planner.ChildNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The EC2NodeClass: machine image, role, network and a disk that holds image and weights. */
public final class ServingNodeClass {

    /** Bottlerocket's own volume; its data volume is sized for the weights. */
    private static final String BOTTLEROCKET_SYSTEM_VOLUME = "4Gi";

    private ServingNodeClass() {}

    /** Absent where nodes are made by a class that is there already, or by no pool of ours. */
    public static Optional<GenericKubernetesResource> desired(ChildContext context) {
        return ec2(context.plan().nodes().nodeClass())
                .map(ec2 -> CustomKinds.EC2_NODE_CLASS.resource(
                        context.clusterScoped(ChildNames.nodeClass(context.identity()), "nodes"), spec(ec2, context)));
    }

    /** The class that the NodePools refer to; absent where the operator makes no pools. */
    static Optional<NodeClassReference> reference(ChildContext context) {
        var nodeClass = context.plan().nodes().nodeClass();
        if (nodeClass == null) {
            return Optional.empty();
        }
        if (nodeClass.ref() != null) {
            return Optional.of(nodeClass.ref());
        }
        return Optional.of(new NodeClassReference(
                CustomKinds.EC2_NODE_CLASS.group(),
                CustomKinds.EC2_NODE_CLASS.kind(),
                ChildNames.nodeClass(context.identity())));
    }

    private static Optional<Ec2NodeClassSpec> ec2(@Nullable NodeClassSpec nodeClass) {
        return nodeClass == null ? Optional.empty() : Optional.ofNullable(nodeClass.ec2());
    }

    private static Map<String, Object> spec(Ec2NodeClassSpec ec2, ChildContext context) {
        var spec = new TreeMap<String, Object>();
        put(spec, "role", ec2.role());
        put(spec, "instanceProfile", ec2.instanceProfile());
        spec.put("amiSelectorTerms", List.of(Map.of("alias", ec2.amiAlias())));
        spec.put("subnetSelectorTerms", terms(ec2.subnetSelectorTerms()));
        spec.put("securityGroupSelectorTerms", terms(ec2.securityGroupSelectorTerms()));
        if (!ec2.capacityReservationSelectorTerms().isEmpty()) {
            spec.put("capacityReservationSelectorTerms", terms(ec2.capacityReservationSelectorTerms()));
        }
        put(spec, "instanceStorePolicy", ec2.instanceStorePolicy());
        spec.put("blockDeviceMappings", disks(ec2, context));
        if (!ec2.tags().isEmpty()) {
            spec.put("tags", ec2.tags());
        }
        return spec;
    }

    private static List<Map<String, Object>> disks(Ec2NodeClassSpec ec2, ChildContext context) {
        int asked = ec2.volumeSizeGiB() == null ? context.plan().replica().volumeGiB() : ec2.volumeSizeGiB();
        if (ec2.amiAlias().startsWith("bottlerocket@")) {
            return List.of(disk("/dev/xvda", BOTTLEROCKET_SYSTEM_VOLUME), disk("/dev/xvdb", asked + "Gi"));
        }
        return List.of(disk("/dev/xvda", asked + "Gi"));
    }

    private static Map<String, Object> disk(String device, String size) {
        return Map.of(
                "deviceName",
                device,
                "ebs",
                Map.of("volumeSize", size, "volumeType", "gp3", "encrypted", true, "deleteOnTermination", true));
    }

    private static List<Map<String, Object>> terms(List<SelectorTerm> terms) {
        return terms.stream().map(ServingNodeClass::term).toList();
    }

    private static Map<String, Object> term(SelectorTerm term) {
        var fields = new TreeMap<String, Object>();
        put(fields, "id", term.id());
        put(fields, "name", term.name());
        if (!term.tags().isEmpty()) {
            fields.put("tags", term.tags());
        }
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value instanceof Enum<?> word ? word.name() : value);
        }
    }
}
