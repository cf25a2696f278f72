package io.llmservice.gateway.choice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Which pod gets a request. */
class PodChoiceTest {

    private static final PodChoice CHOICE = PodChoice.forBlocksOf(512);

    private final Random random = new Random(5);

    @Test
    void theLeastLoadedPodWinsWhereNobodyKnowsThePrompt() {
        assertThat(choose(new Candidate("a", 3, 0), new Candidate("b", 1, 0), new Candidate("c", 2, 0)))
                .isEqualTo("b");
    }

    @Test
    void aPodThatKnowsThePromptWinsOverAnIdleOne() {
        assertThat(choose(new Candidate("knows", 2, 10), new Candidate("idle", 1, 0)))
                .isEqualTo("knows");
    }

    @Test
    void aPodThatIsOutOfProportionBusyGetsNothingForKnowingThePrompt() {
        assertThat(choose(new Candidate("knows", 20, 500), new Candidate("b", 2, 0), new Candidate("c", 2, 0)))
                .isNotEqualTo("knows");
    }

    @Test
    void equalsAreDrawnSoThatReplicasOfTheGatewayDoNotAllDoTheSame() {
        int[] counts = new int[2];
        for (int i = 0; i < 1000; i++) {
            counts[choose(new Candidate("0", 1, 0), new Candidate("1", 1, 0)).charAt(0) - '0']++;
        }

        assertThat(counts[0]).isBetween(400, 600);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void whateverIsKnownOfPromptsNoPodIsEverFarAboveTheMean(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int pods) {
        var events = new Random(seed);
        int[] outstanding = new int[pods];
        for (int request = 0; request < 400; request++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int pod = 0; pod < pods; pod++) {
                int known = events.nextInt(4) == 0 ? events.nextInt(1000) : 0;
                candidates.add(new Candidate(Integer.toString(pod), outstanding[pod], known));
            }
            double mean = Arrays.stream(outstanding).average().orElse(0);
            int chosen = Integer.parseInt(
                    CHOICE.choose(candidates, events).orElseThrow().uid());

            assertThat((double) outstanding[chosen]).isLessThanOrEqualTo(1.25 * mean + 1);
            outstanding[chosen]++;
        }
    }

    private String choose(Candidate... candidates) {
        return CHOICE.choose(List.of(candidates), random).orElseThrow().uid();
    }
}
