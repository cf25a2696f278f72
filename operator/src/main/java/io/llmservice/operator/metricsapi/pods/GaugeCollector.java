package io.llmservice.operator.metricsapi.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns the bytes of a pod's metrics into samples line by line as they arrive, keeping nothing else, within a bound. */
final class GaugeCollector {
    /** A pod has a handful of engines; thousands of series of one gauge are an attack or an accident. */
    private static final int MAX_SAMPLES = 4_096;

    private final long maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final List<Sample> samples = new ArrayList<>();
    private long bytes;

    GaugeCollector(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    static List<Sample> parse(byte[] text) throws UnusableMetricsException {
        GaugeCollector collector = new GaugeCollector(text.length);
        collector.accept(ByteBuffer.wrap(text));
        return collector.finish();
    }

    /**
     * @throws UnusableMetricsException if the text is longer than allowed or a gauge's line cannot be read
     */
    void accept(ByteBuffer chunk) throws UnusableMetricsException {
        bytes += chunk.remaining();
        if (bytes > maxBytes) {
            throw new UnusableMetricsException(Reading.Failure.TOO_LARGE, "more than " + maxBytes + " bytes");
        }
        while (chunk.hasRemaining()) {
            byte next = chunk.get();
            if (next == '\n') {
                endLine();
            } else {
                line.write(next);
            }
        }
    }

    List<Sample> finish() throws UnusableMetricsException {
        endLine();
        return List.copyOf(samples);
    }

    private void endLine() throws UnusableMetricsException {
        SampleLine.parse(line.toString(UTF_8)).ifPresent(samples::add);
        line.reset();
        if (samples.size() > MAX_SAMPLES) {
            throw new UnusableMetricsException(Reading.Failure.TOO_LARGE, "more than " + MAX_SAMPLES + " time series");
        }
    }
}
