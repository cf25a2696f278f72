package io.llmservice.localcluster.karpenter;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The machines that the simulated cloud has by default: the GPU instances of EC2 and two plain ones. */
public final class InstanceTypeCatalogue {
    private static final String RESOURCE = "/instance-types.csv";
    private static final int COLUMNS = 9;

    /** Without local disks a machine has the root volume that an EC2NodeClass gives by default. */
    private static final int ROOT_VOLUME_GIB = 20;

    private InstanceTypeCatalogue() {}

    /** g4dn, g5, g6, g6e, p4d, p4de, p5 and p5en, then m5. */
    public static List<SimulatedInstanceType> all() {
        try (InputStream in = InstanceTypeCatalogue.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("Missing resource " + RESOURCE);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(InstanceTypeCatalogue::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + RESOURCE, e);
        }
    }

    private static SimulatedInstanceType parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != COLUMNS) {
            throw new IllegalStateException("Not " + COLUMNS + " columns: " + line);
        }
        long nvmeBytes = Long.parseLong(fields[6]) * 1_000_000_000L;
        return new SimulatedInstanceType(
                fields[0],
                fields[1],
                Integer.parseInt(fields[2]),
                Integer.parseInt(fields[3]),
                Integer.parseInt(fields[4]),
                Integer.parseInt(fields[5]) * 1024,
                nvmeBytes == 0 ? ROOT_VOLUME_GIB : Math.toIntExact(nvmeBytes >> 30),
                Integer.parseInt(fields[7]),
                new BigDecimal(fields[8]));
    }
}
