package io.llmservice.planner.catalogue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The EC2 GPU instance types that a plan may use, with one table of prices; immutable, in the order of the data file. */
public final class InstanceCatalogue {
    private final Map<String, InstanceType> types;

    private InstanceCatalogue(Collection<InstanceType> types) {
        Map<String, InstanceType> byName = new LinkedHashMap<>();
        types.forEach(type -> byName.put(type.name(), type));
        this.types = byName;
    }

    /** The catalogue that the project ships, priced on demand in us-east-1. */
    public static InstanceCatalogue load() {
        Map<String, Double> prices = new LinkedHashMap<>();
        CsvTable.read("ec2-prices-us-east-1.csv")
                .forEach(row -> prices.put(row.text("instance_type"), row.decimal("usd_per_hour")));
        Map<String, Gpu> gpus = gpus();
        List<InstanceType> types = new ArrayList<>();
        for (CsvTable.Row row : CsvTable.read("instance-types.csv")) {
            @Nullable Gpu gpu = gpus.get(row.text("gpu"));
            if (gpu == null) {
                throw new IllegalStateException("gpus.csv lacks " + row.text("gpu"));
            }
            types.add(type(row, gpu, prices));
        }
        return new InstanceCatalogue(types);
    }

    /** Every GPU that is known by name, also those that no instance type here carries. */
    public static Map<String, Gpu> gpus() {
        Map<String, Gpu> gpus = new LinkedHashMap<>();
        for (CsvTable.Row row : CsvTable.read("gpus.csv")) {
            gpus.put(
                    row.text("name"),
                    new Gpu(
                            row.text("name"),
                            new Gpu.Memory(row.integer("label_mib"), row.decimal("usable_gib")),
                            ComputeCapability.parse(row.text("compute_capability")),
                            new Gpu.Speed(
                                    row.decimal("bandwidth_gb_s"),
                                    row.decimal("fp16_tflops"),
                                    row.text("interconnect").equals("nvlink"))));
        }
        return gpus;
    }

    /** A catalogue of exactly these types, for tests and for other clouds' lists. */
    public static InstanceCatalogue of(Collection<InstanceType> types) {
        return new InstanceCatalogue(types);
    }

    /** The same types with other prices an hour; a type that the map leaves out keeps the one it has. */
    public InstanceCatalogue withPrices(Map<String, Double> usdPerHour) {
        return new InstanceCatalogue(types.values().stream()
                .map(type -> {
                    @Nullable Double price = usdPerHour.get(type.name());
                    return price == null ? type : type.withPrice(price);
                })
                .toList());
    }

    public List<InstanceType> all() {
        return List.copyOf(types.values());
    }

    public Optional<InstanceType> find(String name) {
        return Optional.ofNullable(types.get(name));
    }

    public List<InstanceType> family(String family) {
        return types.values().stream()
                .filter(type -> type.family().equals(family))
                .toList();
    }

    public List<String> families() {
        return types.values().stream().map(InstanceType::family).distinct().toList();
    }

    private static InstanceType type(CsvTable.Row row, Gpu gpu, Map<String, Double> prices) {
        Host host = new Host(
                row.integer("vcpus"),
                row.integer("memory_gib") * 1024,
                row.optionalInteger("nvme_gb").orElse(0),
                Host.maxPods(row.integer("network_interfaces"), row.integer("addresses_per_interface")));
        return new InstanceType(row.text("name"), gpu, row.integer("gpus"), host, prices.get(row.text("name")));
    }
}
