package io.llmservice.gateway.dispatch;

import static io.llmservice.gateway.policy.Given.fallback;
import static io.llmservice.gateway.policy.Given.pod;
import static io.llmservice.gateway.policy.Given.service;
import static io.llmservice.gateway.policy.Given.vendor;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.gateway.dispatch.Attempt.Outcome;
import io.llmservice.gateway.policy.Given;
import io.llmservice.gateway.request.PrefixBlocks;
import io.llmservice.gateway.route.ServiceRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several event loops ask at once while the cluster changes. */
class ThreadsTest {

    private final Gateway gateway = new Gateway();

    @Test
    void nothingIsLostCountedTwiceOrThrownWhileEveryoneAsksAtOnce() throws Exception {
        ServiceRoute four =
                service(List.of(pod("a"), pod("b"), pod("c"), pod("d")), Optional.of(fallback(vendor("vendor"))));
        ServiceRoute five = service(List.of(pod("a"), pod("b"), pod("c"), pod("d"), pod("e")), four.fallback());
        gateway.serve(four);
        List<Callable<Integer>> loops = new ArrayList<>();
        for (int loop = 0; loop < 4; loop++) {
            var random = new Random(loop);
            loops.add(() -> ask(random));
        }
        loops.add(() -> {
            for (int change = 0; change < 500; change++) {
                gateway.serve(change % 2 == 0 ? five : four);
                gateway.gauges("a", 1, 0, 0.1);
            }
            return 0;
        });

        try (ExecutorService threads = Executors.newFixedThreadPool(loops.size())) {
            for (Future<Integer> done : threads.invokeAll(loops)) {
                done.get();
            }
        }

        gateway.clock.passSeconds(20);
        gateway.serve(four);
        Map<String, Integer> counts = new HashMap<>();
        for (int request = 0; request < 8; request++) {
            counts.merge(((Next.ToPod) gateway.ask()).pod().name(), 1, Integer::sum);
        }
        assertThat(counts).as("no pod is thought busier than another").containsOnlyKeys("a", "b", "c", "d");
        assertThat(counts.values()).containsOnly(2);
    }

    private int ask(Random random) {
        List<Next> underWay = new ArrayList<>();
        for (int request = 0; request < 3000; request++) {
            var prefix = new PrefixBlocks(new long[] {random.nextInt(50), random.nextInt()});
            underWay.add(gateway.ask(
                    Given.request(true, 400, 100, prefix), Set.of(), List.of(), target -> Optional.empty()));
            if (underWay.size() > 10) {
                Next next = underWay.remove(random.nextInt(underWay.size()));
                Gateway.attempt(next).firstToken();
                gateway.end(next, random.nextInt(20) == 0 ? Outcome.CANCELLED : Outcome.ANSWERED);
            }
        }
        underWay.forEach(next -> gateway.end(next, Outcome.CANCELLED));
        return underWay.size();
    }
}
