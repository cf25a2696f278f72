package io.llmservice.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may touch the Kubernetes client: deciding and reporting stay pure. */
@AnalyzeClasses(
        packages = {"io.llmservice.api", "io.llmservice.planner", "io.llmservice.operator"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    private static final String CLIENT = "io.fabric8.kubernetes.client..";

    @ArchTest
    static final ArchRule planningKnowsNoClientNoNetworkAndNoClock = noClasses()
            .that()
            .resideInAnyPackage("io.llmservice.planner..", "io.llmservice.api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CLIENT, "io.javaoperatorsdk..", "software.amazon..", "java.net.http..", "java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock");

    @ArchTest
    static final ArchRule reportingIsPureButForTheWriterOfEvents = noClasses()
            .that()
            .resideInAnyPackage("io.llmservice.operator.report..", "io.llmservice.operator.settings..")
            .and()
            .doNotHaveSimpleName("ServiceEvents")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT);

    @ArchTest
    static final ArchRule onlyOnePackageCallsAws = noClasses()
            .that()
            .resideOutsideOfPackage("io.llmservice.operator.sagemaker..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");

    @ArchTest
    static final ArchRule onlyTheApplierWritesChildren = classes()
            .that()
            .resideInAPackage("io.llmservice.operator.apply..")
            .should()
            .onlyBeAccessed()
            .byAnyPackage(
                    "io.llmservice.operator",
                    "io.llmservice.operator.apply..",
                    "io.llmservice.operator.report..",
                    "io.llmservice.operator.traffic..",
                    "io.llmservice.operator.observe..");

    @ArchTest
    static final ArchRule theSizingStandsAlone = slices().matching(
                    "io.llmservice.planner.(catalogue|sizing|vllm|plan)..")
            .should()
            .beFreeOfCycles();
}
