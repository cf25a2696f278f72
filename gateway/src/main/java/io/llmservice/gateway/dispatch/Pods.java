package io.llmservice.gateway.dispatch;

import io.llmservice.gateway.breaker.Conditions;
import io.llmservice.gateway.choice.Candidate;
import io.llmservice.gateway.choice.Ejection;
import io.llmservice.gateway.choice.PodHealth;
import io.llmservice.gateway.choice.PodHealth.In;
import io.llmservice.gateway.choice.PodHealth.Out;
import io.llmservice.gateway.choice.PodHealth.Trial;
import io.llmservice.gateway.choice.PrefixIndex;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.route.PodEndpoint;
import io.llmservice.gateway.route.ServiceRoute;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pods of one service: their loads, and which are left out. Its service's lock guards it. */
final class Pods {

    /** Blocks are of 512 characters, of which about four make a token. */
    static final int TOKENS_PER_BLOCK = 128;

    /** What a pod's cache is taken to hold until somebody says better: rather too much, which costs few hits. */
    private static final int USUAL_TOKENS = 1_000_000;

    private final PrefixIndex prefixes;
    private final Map<String, PodRecord> records = new HashMap<>();

    Pods(PrefixIndex prefixes) {
        this.prefixes = prefixes;
    }

    Optional<PodRecord> find(String uid) {
        return Optional.ofNullable(records.get(uid));
    }

    /** Learns of new pods, forgets those that are gone. */
    void follow(List<PodEndpoint> pods, Instant now) {
        Set<String> uids = new HashSet<>();
        for (PodEndpoint pod : pods) {
            uids.add(pod.uid());
            records.computeIfAbsent(
                    pod.uid(), uid -> new PodRecord(prefixes.open(USUAL_TOKENS / TOKENS_PER_BLOCK), now));
        }
        records.entrySet().removeIf(entry -> {
            boolean gone = !uids.contains(entry.getKey());
            if (gone) {
                prefixes.close(entry.getValue().handle);
            }
            return gone;
        });
    }

    void forget() {
        records.values().forEach(pod -> prefixes.close(pod.handle));
        records.clear();
    }

    Conditions conditions(List<PodEndpoint> serving, Instant now) {
        int waiting = 0;
        double least = serving.isEmpty() ? 0 : 1;
        for (PodEndpoint pod : serving) {
            var gauges = record(pod).gauges(now);
            waiting += gauges.map(known -> known.waiting()).orElse(0);
            least = Math.min(least, gauges.map(known -> known.cacheUsage()).orElse(0.0));
        }
        return new Conditions(serving.size(), waiting, least);
    }

    /** Leaves out those that have requests and give no sign of life. */
    void ejectSilent(ServiceRoute route, Ejection rules, boolean replaceable, Instant now) {
        for (PodEndpoint pod : route.serving()) {
            PodRecord record = record(pod);
            if (record.silent(now, rules.noTokenAfter())) {
                switch (record.health) {
                    case In in -> leaveOut(route, record, in, rules, replaceable, now);
                    case Out out -> {}
                    case Trial trial -> {
                        if (!now.isBefore(trial.since().plus(rules.noTokenAfter()))) {
                            record.health = trial.failed(now);
                        }
                    }
                }
            }
        }
    }

    void failed(ServiceRoute route, PodRecord record, boolean trial, Ejection rules, boolean replaceable, Instant now) {
        if (record.health instanceof In in) {
            record.health = in.failed();
            if (in.failures() + 1 >= Ejection.FAILURES) {
                leaveOut(route, record, in.failed(), rules, replaceable, now);
            }
        } else if (trial && record.health instanceof Trial state) {
            record.health = state.failed(now);
        }
    }

    void answered(PodRecord record, Instant now) {
        record.health = In.NEW;
        record.sign(now);
    }

    void unknown(PodRecord record, boolean trial, Instant now) {
        if (trial && record.health instanceof Trial state) {
            record.health = state.abandoned(now);
        }
    }

    /** Pods that may be chosen; those that are left out only if nothing else is there and no target can take their place. */
    List<Candidate> candidates(
            List<PodEndpoint> serving, Set<String> tried, PrefixBlocks prefix, boolean replaceable, Instant now) {
        List<PodEndpoint> open =
                serving.stream().filter(pod -> !tried.contains(pod.uid())).toList();
        List<PodEndpoint> due =
                open.stream().filter(pod -> due(record(pod), now)).toList();
        if (!due.isEmpty()) {
            return of(due.subList(0, 1), prefix, now);
        }
        List<PodEndpoint> in =
                open.stream().filter(pod -> record(pod).health instanceof In).toList();
        return of(in.isEmpty() && !replaceable ? open : in, prefix, now);
    }

    /** An attempt goes to the pod; true if it is the one that tries it again. */
    boolean begin(PodRecord record, PrefixBlocks prefix, Instant now) {
        prefixes.record(record.handle, prefix);
        record.outstanding++;
        if (due(record, now) && record.health instanceof Out out) {
            record.health = out.tryAgain(now);
            return true;
        }
        return false;
    }

    void cacheTokens(PodRecord record, long tokens) {
        prefixes.resize(record.handle, (int) Math.clamp(tokens / TOKENS_PER_BLOCK, 1L, Integer.MAX_VALUE));
    }

    PodRecord record(PodEndpoint pod) {
        PodRecord record = records.get(pod.uid());
        if (record == null) {
            throw new IllegalStateException("pod " + pod.name() + " is not followed");
        }
        return record;
    }

    private List<Candidate> of(List<PodEndpoint> pods, PrefixBlocks prefix, Instant now) {
        return pods.stream()
                .map(pod -> {
                    PodRecord record = record(pod);
                    return new Candidate(pod.uid(), record.load(now), prefixes.matched(record.handle, prefix));
                })
                .toList();
    }

    private void leaveOut(
            ServiceRoute route, PodRecord record, In in, Ejection rules, boolean replaceable, Instant now) {
        List<PodEndpoint> serving = route.serving();
        int out = (int) serving.stream()
                .filter(pod -> find(pod.uid())
                        .map(known -> !(known.health instanceof In))
                        .orElse(false))
                .count();
        if (rules.allows(serving.size(), out, replaceable)) {
            record.health = in.leaveOut(now);
        }
    }

    private static boolean due(PodRecord record, Instant now) {
        PodHealth health = record.health;
        return health instanceof Out out && out.due(now);
    }
}
