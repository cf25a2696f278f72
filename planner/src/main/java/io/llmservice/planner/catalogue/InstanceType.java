package io.llmservice.planner.catalogue;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One EC2 instance type: its GPUs, its host, and its price an hour if one is known. */
public record InstanceType(
        String name,
        Gpu gpu,
        int gpuCount,
        Host host,
        @Nullable Double pricePerHour) {
    public InstanceType {
        if (name.indexOf('.') <= 0) {
            throw new IllegalArgumentException("an instance type is family.size, not " + name);
        }
        if (gpuCount <= 0) {
            throw new IllegalArgumentException("GPUs must be above 0");
        }
        if (pricePerHour != null && !(pricePerHour > 0)) {
            throw new IllegalArgumentException("a price must be above 0");
        }
    }

    public String family() {
        return name.substring(0, name.indexOf('.'));
    }

    public OptionalDouble price() {
        return pricePerHour == null ? OptionalDouble.empty() : OptionalDouble.of(pricePerHour);
    }

    InstanceType withPrice(double price) {
        return new InstanceType(name, gpu, gpuCount, host, price);
    }
}
