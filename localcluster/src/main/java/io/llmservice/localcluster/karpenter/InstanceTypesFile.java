package io.llmservice.localcluster.karpenter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON in which karpenter-kwok reads its instance types.
 *
 * <p>Karpenter takes every key among an offering's requirements for a well-known label, so that NodePools can ask for
 * the labels that its AWS provider has. It ignores an offering's {@code Available}, so what is out of stock is left out.
 */
final class InstanceTypesFile {
    /** Spot prices move; this is about what GPU machines cost in the long run. */
    private static final BigDecimal SPOT_SHARE = new BigDecimal("0.4");

    private static final List<String> ZONES = List.of("us-east-1a", "us-east-1b", "us-east-1c");

    /** karpenter-kwok subtracts this from what the file says, to get what a node can allocate. */
    private static final int KWOK_RESERVED_MILLI_CPU = 100;

    private static final int KWOK_RESERVED_MEMORY_MIB = 10;

    private static final String AWS = "karpenter.k8s.aws/";
    private static final Pattern FAMILY = Pattern.compile("([a-z]+)(\\d+).*");

    private InstanceTypesFile() {}

    static String json(List<SimulatedInstanceType> types, Set<Offering> outOfStock) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (SimulatedInstanceType type : types) {
            List<Map<String, Object>> offerings = offerings(type, outOfStock);
            if (!offerings.isEmpty()) {
                entries.add(entry(type, offerings));
            }
        }
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Instance types cannot be written as JSON", e);
        }
    }

    private static Map<String, Object> entry(SimulatedInstanceType type, List<Map<String, Object>> offerings) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", type.name());
        entry.put("architecture", "amd64");
        entry.put("operatingSystems", List.of("linux"));
        entry.put("resources", resources(type));
        entry.put("offerings", offerings);
        return entry;
    }

    private static Map<String, Object> resources(SimulatedInstanceType type) {
        Map<String, Object> resources = new LinkedHashMap<>();
        resources.put("cpu", type.allocatableMilliCpu() + KWOK_RESERVED_MILLI_CPU + "m");
        resources.put("memory", type.allocatableMemoryMiB() + KWOK_RESERVED_MEMORY_MIB + "Mi");
        resources.put("ephemeral-storage", type.allocatableEphemeralGiB() + "Gi");
        resources.put("pods", Integer.toString(type.pods()));
        if (type.gpus() > 0) {
            resources.put("nvidia.com/gpu", Integer.toString(type.gpus()));
        }
        return resources;
    }

    private static List<Map<String, Object>> offerings(SimulatedInstanceType type, Set<Offering> outOfStock) {
        Map<String, BigDecimal> prices = new LinkedHashMap<>();
        prices.put("spot", type.onDemandPrice().multiply(SPOT_SHARE));
        prices.put("on-demand", type.onDemandPrice());
        List<Map<String, Object>> offerings = new ArrayList<>();
        prices.forEach((capacityType, price) -> {
            if (!outOfStock.contains(new Offering(type.name(), capacityType))) {
                ZONES.forEach(zone -> offerings.add(offering(type, capacityType, zone, price)));
            }
        });
        return offerings;
    }

    private static Map<String, Object> offering(
            SimulatedInstanceType type, String capacityType, String zone, BigDecimal price) {
        Map<String, String> labels = labels(type);
        labels.put("karpenter.sh/capacity-type", capacityType);
        labels.put("topology.kubernetes.io/zone", zone);
        Map<String, Object> offering = new LinkedHashMap<>();
        offering.put("Price", price);
        offering.put(
                "Requirements",
                labels.entrySet().stream()
                        .map(label ->
                                Map.of("key", label.getKey(), "operator", "In", "values", List.of(label.getValue())))
                        .toList());
        return offering;
    }

    /** The labels that Karpenter's AWS provider gives a node of this type. */
    private static Map<String, String> labels(SimulatedInstanceType type) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher family = FAMILY.matcher(type.family());
        if (family.matches()) {
            labels.put(AWS + "instance-category", family.group(1).substring(0, 1));
            labels.put(AWS + "instance-generation", family.group(2));
        }
        labels.put(AWS + "instance-family", type.family());
        labels.put(AWS + "instance-size", type.size());
        labels.put(AWS + "instance-cpu", Integer.toString(type.cpu()));
        labels.put(AWS + "instance-memory", Integer.toString(type.memoryMiB()));
        if (type.gpus() > 0) {
            labels.put(AWS + "instance-gpu-manufacturer", "nvidia");
            labels.put(AWS + "instance-gpu-name", type.gpuName());
            labels.put(AWS + "instance-gpu-count", Integer.toString(type.gpus()));
            labels.put(AWS + "instance-gpu-memory", Integer.toString(type.gpuMemoryMiB()));
        }
        return labels;
    }
}
