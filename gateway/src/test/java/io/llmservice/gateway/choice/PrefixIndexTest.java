package io.llmservice.gateway.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.gateway.request.PrefixBlocks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the gateway remembers of prompts: as a pod's own cache would, in bounded memory. */
class PrefixIndexTest {

    @Test
    void aPromptThatContinuesAnotherMatchesAsFarAsItIsTheSame() {
        var index = new PrefixIndex(100);
        int pod = index.open(50);
        int other = index.open(50);

        index.record(pod, prompt(1, 2, 3));

        assertThat(index.matched(pod, prompt(1, 2, 3, 4))).isEqualTo(3);
        assertThat(index.matched(pod, prompt(1, 2))).isEqualTo(2);
        assertThat(index.matched(pod, prompt(9))).isZero();
        assertThat(index.matched(pod, PrefixBlocks.NONE)).isZero();
        assertThat(index.matched(other, prompt(1, 2, 3))).isZero();
    }

    @Test
    void aPodThatIsClosedIsForgottenAndItsSuccessorBeginsEmpty() {
        var index = new PrefixIndex(100);
        int pod = index.open(50);
        index.record(pod, prompt(1, 2, 3));

        index.close(pod);

        assertThat(index.size()).isZero();
        assertThat(index.matched(index.open(50), prompt(1, 2, 3))).isZero();
    }

    @Test
    void aMillionBlocksTakeNoMoreThan64Mebibytes() {
        var index = new PrefixIndex(1_000_000);
        int[] pods = {index.open(1_000_000), index.open(1_000_000), index.open(1_000_000)};
        var random = new Random(3);
        for (int request = 0; request < 15_000; request++) {
            index.record(pods[request % 3], new PrefixBlocks(random.longs(100).toArray()));
        }

        assertThat(index.size()).isEqualTo(1_000_000);
        assertThat(index.bytes()).isLessThan(64L << 20);
    }

    @Test
    void whenTheIndexIsFullThePodWithMostGivesWay() {
        var index = new PrefixIndex(10);
        int much = index.open(100);
        int little = index.open(100);
        index.record(much, prompt(1, 2, 3, 4, 5, 6, 7, 8, 9));
        index.record(little, prompt(1, 2, 3));

        assertThat(index.matched(much, prompt(1, 2, 3, 4, 5, 6, 7, 8, 9))).isEqualTo(7);
        assertThat(index.matched(little, prompt(1, 2, 3))).isEqualTo(3);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void itKnowsExactlyWhatAnLruOfThePodsSizeHolds(@ForAll long seed) {
        var random = new Random(seed);
        var index = new PrefixIndex(4096);
        List<Model> pods = new ArrayList<>();
        for (int pod = 0; pod < 4; pod++) {
            int capacity = 1 + random.nextInt(40);
            pods.add(new Model(index.open(capacity), capacity));
        }
        for (int step = 0; step < 300; step++) {
            Model pod = pods.get(random.nextInt(4));
            // A tree of prompts: few roots, and every block's hash tells all those before it.
            long[] prompt = chained(random, random.nextInt(12));
            assertThat(index.matched(pod.handle, new PrefixBlocks(prompt))).isEqualTo(pod.matched(prompt));
            index.record(pod.handle, new PrefixBlocks(prompt));
            pod.send(prompt);
        }
        assertThat(index.size())
                .isEqualTo(pods.stream().mapToInt(pod -> pod.blocks.size()).sum());
    }

    private static long[] chained(Random random, int length) {
        long[] hashes = new long[length];
        long hash = 17;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + random.nextInt(2) + 1;
            hashes[i] = hash;
        }
        return hashes;
    }

    private static PrefixBlocks prompt(long... hashes) {
        return new PrefixBlocks(LongStream.of(hashes).toArray());
    }

    /** The same in the plainest way. */
    private static final class Model {
        private final int handle;
        private final int capacity;
        private final SequencedSet<Long> blocks = new LinkedHashSet<>();

        Model(int handle, int capacity) {
            this.handle = handle;
            this.capacity = capacity;
        }

        int matched(long[] prompt) {
            int length = 0;
            while (length < prompt.length && blocks.contains(prompt[length])) {
                length++;
            }
            return length;
        }

        void send(long[] prompt) {
            for (int i = Math.min(prompt.length, capacity) - 1; i >= 0; i--) {
                blocks.remove(prompt[i]);
                blocks.add(prompt[i]);
                if (blocks.size() > capacity) {
                    blocks.removeFirst();
                }
            }
        }
    }
}
