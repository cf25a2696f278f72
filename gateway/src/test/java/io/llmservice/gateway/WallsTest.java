package io.llmservice.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which packages may touch Vert.x, the Kubernetes client and AWS: deciding stays pure. */
@AnalyzeClasses(packages = "io.llmservice.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    private static final String GATEWAY = "io.llmservice.gateway";

    @ArchTest
    static final ArchRule onlyWhatMovesBytesTouchesVertxAndNetty = noClasses()
            .that()
            .resideOutsideOfPackages(
                    GATEWAY,
                    GATEWAY + ".upstream..",
                    GATEWAY + ".relay..",
                    GATEWAY + ".http..",
                    GATEWAY + ".aws..",
                    GATEWAY + ".standalone..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule onlyTheClusterPackageTouchesTheKubernetesClient = noClasses()
            .that()
            .resideOutsideOfPackages(GATEWAY, GATEWAY + ".cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes..");

    @ArchTest
    static final ArchRule onlyTheAwsPackageTouchesAws = noClasses()
            .that()
            .resideOutsideOfPackages(GATEWAY, GATEWAY + ".aws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..");

    @ArchTest
    static final ArchRule decidingDoesNoInputOrOutputAndReadsNoClockOfItsOwn = noClasses()
            .that()
            .resideInAnyPackage(
                    GATEWAY + ".breaker..",
                    GATEWAY + ".choice..",
                    GATEWAY + ".dispatch..",
                    GATEWAY + ".limits..",
                    GATEWAY + ".spend..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", GATEWAY + ".upstream..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random");
}
