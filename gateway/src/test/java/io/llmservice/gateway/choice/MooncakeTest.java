package io.llmservice.gateway.choice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.llmservice.gateway.request.PrefixBlocks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Routing by prefix on a published trace of conversations: nearly as many cache hits as one pooled cache, evenly spread. */
class MooncakeTest {

    private static final int PODS = 8;
    private static final int BLOCKS_PER_POD = 4000;
    private static final int IN_FLIGHT = 64;

    private static List<Conversation> trace = List.of();

    @BeforeAll
    static void readTrace() throws IOException {
        trace = read();
    }

    @Test
    void eightPodsHitNearlyAsOftenAsOnePooledCacheAndWorkAlike() {
        Figures figures = replay("blocks of 512 tokens", PodChoice.forBlocksOf(512), BLOCKS_PER_POD);

        assertThat(figures.share).isGreaterThan(0.95);
        assertThat(figures.imbalance).isLessThan(1.1);
    }

    @Test
    void howMuchALoadWeighsMattersLittle() {
        Figures lighter = replay("a request weighs half as much", PodChoice.forBlocksOf(1024), BLOCKS_PER_POD);
        Figures heavier = replay("a request weighs twice as much", PodChoice.forBlocksOf(256), BLOCKS_PER_POD);

        assertThat(List.of(lighter.share, heavier.share)).allMatch(share -> share > 0.95);
        assertThat(List.of(lighter.imbalance, heavier.imbalance)).allMatch(imbalance -> imbalance < 1.1);
    }

    /** Taken for half as big, they cost a fifth of the hits (80.8 %): whoever does not know guesses high. */
    @Test
    void cachesThatAreTakenForTooBigCostLittle() {
        Figures twice = replay("caches taken for twice as big", PodChoice.forBlocksOf(512), BLOCKS_PER_POD * 2);
        Figures eightTimes = replay("caches taken for 8 times as big", PodChoice.forBlocksOf(512), BLOCKS_PER_POD * 8);

        assertThat(List.of(twice.share, eightTimes.share)).allMatch(share -> share > 0.85);
        assertThat(List.of(twice.imbalance, eightTimes.imbalance)).allMatch(imbalance -> imbalance < 1.25);
    }

    private static Figures replay(String what, PodChoice choice, int guessedBlocks) {
        var routed = new Replay(choice, guessedBlocks, new Random(7));
        trace.forEach(routed::send);
        double share = routed.hits / pooledHits(trace);
        double mean = Arrays.stream(routed.work).sum() / PODS;
        double imbalance = Arrays.stream(routed.work).max().orElseThrow() / mean;
        System.out.printf(
                "Mooncake, %d requests, 8 pods, %s: %.1f %% of a pooled cache's hits, max-to-mean work %.3f%n",
                trace.size(), what, share * 100, imbalance);
        return new Figures(share, imbalance);
    }

    /** What a replay came to. */
    private record Figures(double share, double imbalance) {}

    private static double pooledHits(List<Conversation> trace) {
        var cache = new Lru(PODS * BLOCKS_PER_POD);
        return trace.stream().mapToInt(request -> cache.send(request.blocks)).sum();
    }

    private static List<Conversation> read() throws IOException {
        var resource = Objects.requireNonNull(MooncakeTest.class.getResourceAsStream("mooncake-conversation.jsonl.gz"));
        var json = new ObjectMapper();
        List<Conversation> requests = new ArrayList<>();
        try (var lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode node = json.readTree(line);
                long[] ids = new long[node.path("hash_ids").size()];
                Arrays.setAll(ids, i -> node.path("hash_ids").path(i).asLong());
                requests.add(new Conversation(
                        ids,
                        node.path("input_length").asInt(),
                        node.path("output_length").asInt()));
            }
        }
        return requests;
    }

    /** One request of the trace. */
    private static final class Conversation {
        private final long[] blocks;
        private final int input;
        private final int output;

        Conversation(long[] blocks, int input, int output) {
            this.blocks = blocks;
            this.input = input;
            this.output = output;
        }
    }

    /** Sends each request where the choice says; of 64 under way the oldest ends first. */
    private static final class Replay {
        private final PrefixIndex index = new PrefixIndex(1_000_000);
        private final Lru[] caches = new Lru[PODS];
        private final int[] handles = new int[PODS];
        private final int[] outstanding = new int[PODS];
        private final double[] work = new double[PODS];
        private final ArrayDeque<Integer> underWay = new ArrayDeque<>();
        private final PodChoice choice;
        private final Random random;
        private double hits;

        Replay(PodChoice choice, int guessedBlocks, Random random) {
            this.choice = choice;
            this.random = random;
            Arrays.setAll(caches, pod -> new Lru(BLOCKS_PER_POD));
            Arrays.setAll(handles, pod -> index.open(guessedBlocks));
        }

        void send(Conversation request) {
            if (underWay.size() == IN_FLIGHT) {
                outstanding[underWay.remove()]--;
            }
            var prefix = new PrefixBlocks(request.blocks);
            List<Candidate> candidates = new ArrayList<>();
            for (int pod = 0; pod < PODS; pod++) {
                candidates.add(
                        new Candidate(Integer.toString(pod), outstanding[pod], index.matched(handles[pod], prefix)));
            }
            int pod = Integer.parseInt(
                    choice.choose(candidates, random).orElseThrow().uid());
            index.record(handles[pod], prefix);
            int hit = caches[pod].send(request.blocks);
            hits += hit;
            work[pod] += Math.max(0, request.input - 512.0 * hit) + request.output;
            outstanding[pod]++;
            underWay.add(pod);
        }
    }

    /** A pod's cache: whole blocks, least recently used out first. */
    private static final class Lru {
        private final Map<Long, Boolean> blocks = new LinkedHashMap<>(16, 0.75f, true);
        private final int capacity;

        Lru(int capacity) {
            this.capacity = capacity;
        }

        int send(long[] prompt) {
            int hits = 0;
            while (hits < prompt.length && blocks.containsKey(prompt[hits])) {
                hits++;
            }
            for (int i = prompt.length - 1; i >= 0; i--) {
                blocks.put(prompt[i], true);
            }
            var oldest = blocks.keySet().iterator();
            while (blocks.size() > capacity) {
                oldest.next();
                oldest.remove();
            }
            return hits;
        }
    }
}
