package io.llmservice.gateway.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may ask the API server: nothing that a request waits for. */
@AnalyzeClasses(packages = "io.llmservice.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class ClusterWallsTest {

    @ArchTest
    static final ArchRule onlyThisPackageAndTheMainProgramKnowTheClient = noClasses()
            .that()
            .resideInAPackage("io.llmservice.gateway..")
            .and()
            .resideOutsideOfPackages("io.llmservice.gateway", "io.llmservice.gateway.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes.client..");

    @ArchTest
    static final ArchRule settingsDependOnNothing = noClasses()
            .that()
            .resideInAPackage("io.llmservice.gateway.settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.vertx..", "software.amazon..");
}
