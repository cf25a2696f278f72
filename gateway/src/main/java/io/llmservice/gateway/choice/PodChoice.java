package io.llmservice.gateway.choice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Chooses among pods: the one with the most of the prompt in its cache, less its load, unless its load is out of proportion;
 * of equals the better of two at random, so that replicas of the gateway that see the same do not all do the same.
 *
 * @param blocksPerRequest how many blocks that need not be computed outweigh one outstanding request
 * @param bound pods above this multiple of the mean load, plus one, are chosen for no prefix
 */
public record PodChoice(double blocksPerRequest, double bound) {

    /**
     * For blocks of so many tokens. That 512 tokens outweigh a request is from the Mooncake trace, where half and twice as
     * much are hardly worse.
     */
    public static PodChoice forBlocksOf(int tokens) {
        return new PodChoice(512.0 / tokens, 1.25);
    }

    /** The pod to take; empty if there is none. */
    public Optional<Candidate> choose(List<Candidate> candidates, RandomGenerator random) {
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        double mean = candidates.stream().mapToDouble(Candidate::load).sum() / candidates.size();
        List<Candidate> best = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.load() > bound * mean + 1) {
                continue;
            }
            double lead = best.isEmpty() ? 1 : score(candidate) - score(best.getFirst());
            if (lead > 0) {
                best.clear();
            }
            if (lead >= 0) {
                best.add(candidate);
            }
        }
        return Optional.of(ofTwo(best, random));
    }

    /** The least loaded is never above the bound, so there is always one. */
    private static Candidate ofTwo(List<Candidate> best, RandomGenerator random) {
        Candidate one = best.get(random.nextInt(best.size()));
        Candidate other = best.get(random.nextInt(best.size()));
        return other.load() < one.load() ? other : one;
    }

    private double score(Candidate candidate) {
        return candidate.matched() - candidate.load() * blocksPerRequest;
    }
}
