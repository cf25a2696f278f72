package io.llmservice.localcluster.engine;

import io.llmservice.planner.vllm.EngineVersion;
import io.llmservice.planner.vllm.ParsedArguments;
import io.llmservice.planner.vllm.VllmFlags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an engine was told by the arguments of {@code vllm serve}, and how fast the simulator is by its environment.
 *
 * @param model the model's name or path
 * @param servedNames what clients may call it, the first in answers
 * @param shutdownTimeout how long requests may go on after SIGTERM
 */
record EngineOptions(
        String model, List<String> servedNames, int port, Duration shutdownTimeout, Limits limits, Pace pace) {
    private static final int DEFAULT_PORT = 8000;
    private static final String DEFAULT_MODEL = "Qwen/Qwen3-0.6B";
    private static final double DEFAULT_UTILIZATION = 0.92;
    private static final long MOST_CACHE = 4_000_000;
    private static final int DEFAULT_CONTEXT = 8192;
    // vLLM's default for its OpenAI server on GPUs below 70 GiB.
    private static final int DEFAULT_SLOTS = 256;
    private static final int BLOCK_SIZE = 16;

    EngineOptions {
        servedNames = List.copyOf(servedNames);
    }

    /**
     * How much fits.
     *
     * @param context the most tokens of a prompt and its answer together
     * @param slots how many sequences run at once
     * @param inFlight the bound on requests running and waiting, if any
     * @param cacheTokens how many tokens the KV cache holds ({@code SIMULATOR_CACHE_TOKENS})
     * @param refusesInStream whether a stream beyond the bound gets status 200 and the refusal as its first event, as
     *     happens in vLLM when several requests arrive at once ({@code SIMULATOR_REFUSE_IN_STREAM}, false)
     */
    record Limits(
            int context,
            int slots,
            OptionalInt inFlight,
            int cacheTokens,
            double memoryUtilization,
            boolean refusesInStream) {
        int blockSize() {
            return BLOCK_SIZE;
        }
    }

    /**
     * How fast the simulator is.
     *
     * @param load from the start until it answers ({@code SIMULATOR_LOAD_SECONDS}, 4)
     * @param firstToken from a slot to the first token of a short prompt ({@code SIMULATOR_FIRST_TOKEN_SECONDS}, 0.15)
     * @param tokensPerSecond of one answer ({@code SIMULATOR_TOKENS_PER_SECOND}, 40)
     * @param promptTokensPerSecond read before the first token ({@code SIMULATOR_PROMPT_TOKENS_PER_SECOND}, 8000)
     */
    record Pace(Duration load, Duration firstToken, double tokensPerSecond, double promptTokensPerSecond) {
        static Pace of(Map<String, String> environment) {
            return new Pace(
                    seconds(number(environment, "SIMULATOR_LOAD_SECONDS", 4)),
                    seconds(number(environment, "SIMULATOR_FIRST_TOKEN_SECONDS", 0.15)),
                    number(environment, "SIMULATOR_TOKENS_PER_SECOND", 40),
                    number(environment, "SIMULATOR_PROMPT_TOKENS_PER_SECOND", 8000));
        }

        Duration untilFirstToken(int promptTokens) {
            return firstToken.plus(seconds(promptTokens / promptTokensPerSecond));
        }

        Duration betweenTokens() {
            return seconds(1 / tokensPerSecond);
        }
    }

    String servedName() {
        return servedNames.getFirst();
    }

    /** The version whose flags count, by {@code SIMULATOR_VLLM_VERSION}; the newest known by default. */
    static EngineVersion version(Map<String, String> environment) {
        return EngineVersion.tryParse(environment.getOrDefault("SIMULATOR_VLLM_VERSION", ""))
                .orElse(EngineVersion.NEWEST);
    }

    /**
     * Reads the arguments as the version in the environment does.
     *
     * @throws EngineExitException with code 2 and the parser's words if that version refuses them
     */
    static EngineOptions read(List<String> arguments, Map<String, String> environment) throws EngineExitException {
        List<String> flags = new ArrayList<>(arguments);
        String model = flags.isEmpty() || flags.getFirst().startsWith("-") ? "" : flags.removeFirst();
        ParsedArguments parsed = VllmFlags.of(version(environment)).parse(flags);
        if (!parsed.problems().isEmpty()) {
            throw EngineExitException.refusal(parsed.problems().getFirst());
        }
        String served = model.isEmpty() ? parsed.first("--model").orElse(DEFAULT_MODEL) : model;
        List<String> names = parsed.values("--served-model-name");
        return new EngineOptions(
                served,
                names.isEmpty() ? List.of(served) : names,
                integer(parsed, "--port", DEFAULT_PORT),
                Duration.ofSeconds(integer(parsed, "--shutdown-timeout", 0)),
                limits(parsed, environment),
                Pace.of(environment));
    }

    /** The flags among {@code wanted} that the arguments have, with their values, as the newest version spells them. */
    static Map<String, List<String>> kept(Set<String> wanted, List<String> arguments, Map<String, String> environment) {
        List<String> flags = new ArrayList<>(arguments);
        if (!flags.isEmpty() && !flags.getFirst().startsWith("-")) {
            flags.removeFirst();
        }
        Map<String, List<String>> kept =
                new TreeMap<>(VllmFlags.of(version(environment)).parse(flags).byFlag());
        kept.keySet().retainAll(wanted);
        return kept;
    }

    private static Limits limits(ParsedArguments parsed, Map<String, String> environment) throws EngineExitException {
        int slots = integer(parsed, "--max-num-seqs", DEFAULT_SLOTS);
        int context = context(parsed);
        double utilization = parsed.first("--gpu-memory-utilization")
                .map(Double::parseDouble)
                .orElse(DEFAULT_UTILIZATION);
        if (utilization <= 0 || utilization > 1 || slots < 1) {
            throw EngineExitException.failure("gpu_memory_utilization " + utilization + ", max_num_seqs " + slots);
        }
        OptionalInt inFlight = parsed.first("--max-num-queued-reqs")
                .filter(bound -> !bound.isEmpty() && !bound.equals("None"))
                .map(bound -> OptionalInt.of(Integer.parseInt(bound)))
                .orElse(OptionalInt.empty());
        long everySlotFull = Math.min(MOST_CACHE, (long) slots * context);
        int cache = (int) number(environment, "SIMULATOR_CACHE_TOKENS", (double) everySlotFull);
        boolean refusesInStream = Boolean.parseBoolean(environment.get("SIMULATOR_REFUSE_IN_STREAM"));
        return new Limits(context, slots, inFlight, Math.max(cache, context), utilization, refusesInStream);
    }

    private static int context(ParsedArguments parsed) {
        String text = parsed.first("--max-model-len").orElse("").strip();
        if (text.isEmpty()
                || text.equals("None")
                || text.equals("-1")
                || text.toLowerCase(Locale.ROOT).equals("auto")) {
            return DEFAULT_CONTEXT;
        }
        char suffix = text.charAt(text.length() - 1);
        String digits = text.substring(0, text.length() - 1);
        return switch (suffix) {
            case 'k' -> (int) (Double.parseDouble(digits) * 1000);
            case 'K' -> Integer.parseInt(digits) * 1024;
            case 'm' -> (int) (Double.parseDouble(digits) * 1_000_000);
            case 'M' -> Integer.parseInt(digits) * 1024 * 1024;
            default -> Integer.parseInt(text);
        };
    }

    private static int integer(ParsedArguments parsed, String flag, int otherwise) {
        return parsed.first(flag).map(String::strip).map(Integer::parseInt).orElse(otherwise);
    }

    private static double number(Map<String, String> environment, String name, double otherwise) {
        String text = environment.get(name);
        return text == null || text.isBlank() ? otherwise : Double.parseDouble(text.strip());
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
