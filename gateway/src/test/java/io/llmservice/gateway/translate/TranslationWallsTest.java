package io.llmservice.gateway.translate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Translation is pure, and AWS stays behind its package. */
@AnalyzeClasses(packages = "io.llmservice.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class TranslationWallsTest {

    @ArchTest
    static final ArchRule translationKnowsNoNetworkAndNoClock = noClasses()
            .that()
            .resideInAPackage("io.llmservice.gateway.translate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..", "io.vertx..", "java.net..", "java.time..", "org.slf4j..");

    @ArchTest
    static final ArchRule onlyOnePackageKnowsTheSdk = noClasses()
            .that()
            .resideOutsideOfPackage("io.llmservice.gateway.aws..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon..");
}
