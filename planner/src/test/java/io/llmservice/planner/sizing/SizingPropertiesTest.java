package io.llmservice.planner.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmservice.api.v1alpha1.Quantization;
import io.llmservice.planner.catalogue.InstanceType;
import io.llmservice.planner.catalogue.ModelMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What holds of every plan, whatever the model, the workload and the allowed types. */
@PropertyDefaults(tries = 500, edgeCases = EdgeCasesMode.NONE)
class SizingPropertiesTest {
    @Property
    void aPlanNeverOverCommitsAGpuOrItsHost(
            @ForAll("requests") SizingRequest request, @ForAll("types") InstanceType type) {
        if (Sizer.size(request, type) instanceof Fit.Fits fits) {
            Sizing sizing = fits.sizing();
            GpuMemory memory = sizing.memory();
            double cache = memory.cacheTokens() * (double) memory.bytesPerToken() / Figures.GIB;
            assertThat(memory.weightsGiB() + memory.overheadGiB() + cache)
                    .isLessThanOrEqualTo(memory.budgetGiB() + 1e-9);
            assertThat(memory.budgetGiB()).isLessThanOrEqualTo(type.gpu().usableGiB());
            assertThat(sizing.shape().gpus() * sizing.replicasPerNode()).isBetween(1, type.gpuCount());
            HostNeeds host = sizing.shape().host();
            assertThat(host.memoryMiB() * (long) sizing.replicasPerNode())
                    .isLessThanOrEqualTo(type.host().allocatableMemoryMiB() - HostNeeds.DAEMON_MEMORY_MIB);
            assertThat(host.cpuMillis() * (long) sizing.replicasPerNode())
                    .isLessThanOrEqualTo(type.host().allocatableCpuMillis() - HostNeeds.DAEMON_CPU_MILLIS);
        }
    }

    @Property
    void whatFitsCarriesTheWorkload(@ForAll("requests") SizingRequest request, @ForAll("types") InstanceType type) {
        if (Sizer.size(request, type) instanceof Fit.Fits fits) {
            Sizing sizing = fits.sizing();
            assertThat(sizing.concurrency().atFullContext()).isGreaterThanOrEqualTo(1);
            assertThat(sizing.concurrency().atWorkload())
                    .isGreaterThanOrEqualTo(request.workload().concurrency());
            assertThat(sizing.shape().maxConcurrentRequests())
                    .isGreaterThanOrEqualTo(request.workload().concurrency());
            assertThat(request.architecture().divides(sizing.shape().tensorParallel()))
                    .isTrue();
        }
    }

    @Property
    void moreContextNeverNeedsFewerGpusOrLessMemory(
            @ForAll("requests") SizingRequest request,
            @ForAll("types") InstanceType type,
            @ForAll("factors") int factor) {
        SizingRequest longer = request.withLimits(request.limits().withContextLength(request.context() * factor));

        if (Sizer.size(longer, type) instanceof Fit.Fits fits) {
            Sizing more = fits.sizing();
            assertThat(Sizer.size(request, type)).isInstanceOfSatisfying(Fit.Fits.class, less -> {
                assertThat(less.sizing().shape().gpus())
                        .isLessThanOrEqualTo(more.shape().gpus());
                assertThat(less.sizing().shape().host().memoryMiB())
                        .isLessThanOrEqualTo(more.shape().host().memoryMiB());
            });
        }
    }

    @Property
    void theSameRequestGetsTheSameChoice(
            @ForAll("requests") SizingRequest request, @ForAll("families") Set<String> families) {
        Candidates candidates = Candidates.ofFamilies(families.toArray(String[]::new));

        assertThat(Requests.choose(request, candidates)).isEqualTo(Requests.choose(request, candidates));
    }

    @Property
    void anotherAllowedFamilyNeverMakesTheChoiceDearer(
            @ForAll("requests") SizingRequest request,
            @ForAll("families") Set<String> families,
            @ForAll("family") String more) {
        List<String> wider = new ArrayList<>(families);
        wider.add(more);

        OptionalDouble before = price(request, families);
        OptionalDouble after = price(request, wider);

        before.ifPresent(usd -> assertThat(after.orElseThrow()).isLessThanOrEqualTo(usd));
    }

    @Property
    void everyRungHoldsThePodTemplate(
            @ForAll("requests") SizingRequest request, @ForAll("families") Set<String> families) {
        if (Requests.choose(request, Candidates.ofFamilies(families.toArray(String[]::new)))
                instanceof InstanceChoice.Chosen chosen) {
            assertThat(chosen.ladder()).allSatisfy(rung -> {
                assertThat(rung.shape()).isEqualTo(chosen.shape());
                assertThat(rung.type().gpuCount())
                        .isGreaterThanOrEqualTo(chosen.shape().gpus());
                assertThat(rung.cacheGiBPerGpu()).isPositive();
                assertThat(rung.shape().host().memoryMiB())
                        .isLessThan(rung.type().host().allocatableMemoryMiB());
                assertThat(rung.shape().host().cpuMillis())
                        .isLessThan(rung.type().host().allocatableCpuMillis());
            });
        }
    }

    @Property
    void everyTypeIsEitherARungOrRejectedInOneShortLine(
            @ForAll("requests") SizingRequest request, @ForAll("families") Set<String> families) {
        InstanceChoice choice = Requests.choose(request, Candidates.ofFamilies(families.toArray(String[]::new)));

        List<Rejection> rejections = switch (choice) {
            case InstanceChoice.Chosen chosen -> chosen.rejections();
            case InstanceChoice.NothingFits nothing -> nothing.rejections();
            case InstanceChoice.Refused ignored -> List.of();
        };
        assertThat(rejections).allSatisfy(rejection -> {
            assertThat(rejection.line()).hasSizeLessThanOrEqualTo(200);
            assertThat(rejection.reason()).doesNotEndWith("…");
        });
        if (choice instanceof InstanceChoice.Chosen chosen) {
            long considered = families.stream()
                    .mapToLong(family -> Requests.INSTANCES.family(family).size())
                    .sum();
            assertThat(chosen.ladder().size() + rejections.size()).isEqualTo((int) considered);
        }
    }

    private static OptionalDouble price(SizingRequest request, Iterable<String> families) {
        List<String> names = new ArrayList<>();
        families.forEach(names::add);
        return Requests.choose(request, Candidates.ofFamilies(names.toArray(String[]::new)))
                        instanceof InstanceChoice.Chosen chosen
                ? chosen.first().pricePerHour(1)
                : OptionalDouble.empty();
    }

    @Provide
    Arbitrary<SizingRequest> requests() {
        Arbitrary<String> models = Arbitraries.of(Requests.MODELS.repositories());
        Arbitrary<Quantization> quantizations = Arbitraries.of(Quantization.class);
        Arbitrary<Workload> workloads = Combinators.combine(
                        Arbitraries.integers().between(1, 1500),
                        Arbitraries.integers().between(1, 500),
                        Arbitraries.integers().between(1, 64))
                .as(Workload::new);
        return Combinators.combine(
                        models,
                        quantizations,
                        workloads,
                        Arbitraries.of(EngineGeneration.class),
                        Arbitraries.doubles().between(0.5, 0.95))
                .as(SizingPropertiesTest::request);
    }

    private static SizingRequest request(
            String repository,
            Quantization quantization,
            Workload workload,
            EngineGeneration engine,
            double utilization) {
        ModelMatch match = Requests.MODELS.find(repository).orElseThrow();
        return SizingRequest.of(new ModelFacts(
                        match.architecture(), match.origin(), match.formatFor(quantization), WeightSource.HUGGING_FACE))
                .withWorkload(workload)
                .withEngine(engine)
                .withLimits(new EngineLimits(null, null, null, utilization));
    }

    @Provide
    Arbitrary<InstanceType> types() {
        return Arbitraries.of(Requests.INSTANCES.all());
    }

    @Provide
    Arbitrary<Integer> factors() {
        return Arbitraries.integers().between(1, 16);
    }

    @Provide
    Arbitrary<String> family() {
        return Arbitraries.of(Requests.INSTANCES.families());
    }

    @Provide
    Arbitrary<Set<String>> families() {
        return family().set().ofMinSize(1).ofMaxSize(4);
    }
}
