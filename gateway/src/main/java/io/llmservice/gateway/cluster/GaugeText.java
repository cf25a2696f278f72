package io.llmservice.gateway.cluster;

import io.llmservice.gateway.choice.PodGauges;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Picks vLLM's load gauges out of the Prometheus text format as its bytes come; every other line is passed over unread. With
 * data parallelism a pod shows each gauge once for each engine: requests add up, and of the caches the fullest counts.
 */
final class GaugeText {

    private static final byte[] PREFIX = "vllm:".getBytes(StandardCharsets.UTF_8);

    /** No line of a gauge is longer; labels hold the model's name. */
    private static final int LONGEST_LINE = 2_048;

    /** Of the length that no product of two overflows. */
    private static final Pattern NUMBER_LABEL =
            Pattern.compile("[{,](num_gpu_blocks|block_size|kv_cache_size_tokens)=\"([0-9]{1,9})\"");

    private final byte[] line = new byte[LONGEST_LINE];
    private int length;
    private boolean skip;

    private double running = Double.NaN;
    private double waiting = Double.NaN;
    private double cacheUsage = Double.NaN;

    private long cacheTokens;

    /** Tokens that the caches of all engines hold; empty if the text does not say. Known once the text is finished. */
    OptionalLong cacheTokens() {
        return cacheTokens > 0 ? OptionalLong.of(cacheTokens) : OptionalLong.empty();
    }

    void accept(byte[] chunk) {
        for (byte next : chunk) {
            if (next == '\n') {
                endLine();
            } else if (!skip) {
                keep(next);
            }
        }
    }

    /** The gauges; empty if the text had not both counts of requests. A cache that was not shown counts as empty. */
    Optional<PodGauges> finish(Instant at) {
        endLine();
        if (Double.isNaN(running) || Double.isNaN(waiting)) {
            return Optional.empty();
        }
        double usage = Double.isNaN(cacheUsage) ? 0 : Math.min(1, cacheUsage);
        return Optional.of(new PodGauges((int) Math.round(running), (int) Math.round(waiting), usage, at));
    }

    private void keep(byte next) {
        if (length == LONGEST_LINE || (length < PREFIX.length && next != PREFIX[length])) {
            skip = true;
            return;
        }
        line[length++] = next;
    }

    private void endLine() {
        if (!skip && length > PREFIX.length) {
            read(new String(line, 0, length, StandardCharsets.UTF_8).strip());
        }
        length = 0;
        skip = false;
    }

    /** {@code name{labels} value [timestamp]}, where a label's value may hold anything, spaces and braces too. */
    private void read(String text) {
        int nameEnd = 0;
        while (nameEnd < text.length()
                && text.charAt(nameEnd) != '{'
                && !Character.isWhitespace(text.charAt(nameEnd))) {
            nameEnd++;
        }
        var name = text.substring(0, nameEnd);
        if (name.equals("vllm:cache_config_info")) {
            cacheTokens += tokens(text);
            return;
        }
        var rest = text.substring(Math.max(nameEnd, text.lastIndexOf('}') + 1)).strip();
        var value = value(rest.split("\\s+", 2)[0]);
        if (value.isPresent()) {
            take(name, value.get());
        }
    }

    private void take(String name, double value) {
        switch (name) {
            case "vllm:num_requests_running" -> running = add(running, value);
            case "vllm:num_requests_waiting" -> waiting = add(waiting, value);
            // Renamed in vLLM 0.9.2; images before 0.11 may still show only the old name.
            case "vllm:kv_cache_usage_perc", "vllm:gpu_cache_usage_perc" ->
                cacheUsage = Double.isNaN(cacheUsage) ? value : Math.max(cacheUsage, value);
            default -> {}
        }
    }

    /** Newer images say how many tokens; older ones in how many blocks of which size. */
    private static long tokens(String text) {
        var labels = new HashMap<String, Long>();
        var matcher = NUMBER_LABEL.matcher(text);
        while (matcher.find()) {
            labels.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
        long blocks = labels.getOrDefault("num_gpu_blocks", 0L) * labels.getOrDefault("block_size", 0L);
        return labels.getOrDefault("kv_cache_size_tokens", blocks);
    }

    private static double add(double sum, double value) {
        return Double.isNaN(sum) ? value : sum + value;
    }

    /** NaN, infinities and negative numbers are no load. */
    private static Optional<Double> value(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) && value >= 0 ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
