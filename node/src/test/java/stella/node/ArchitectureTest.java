package stella.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dependency column of ARCHITECTURE.md: who may know whom. */
class ArchitectureTest {
    private static final String PROTOCOL = "stella.protocol..";
    private static final String REPUTATION = "stella.reputation..";
    private static final String GATEWAY = "stella.gateway..";
    private static final String DEV_CHAIN = "stella.devchain..";
    private static final String ROLES = "stella.roles..";
    private static final String NODE = "stella.node..";

    private static JavaClasses product;

    @BeforeAll
    static void importProduct() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("stella");
        // An importer that found nothing would make every rule pass.
        assertThat(product.stream().map(type -> type.getPackageName().split("\\.")[1]))
                .contains("protocol", "reputation", "gateway", "devchain", "roles", "node");
    }

    @Test
    void protocolDependsOnNothingOfStella() {
        noClasses()
                .that()
                .resideInAPackage(PROTOCOL)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REPUTATION, GATEWAY, DEV_CHAIN, ROLES, NODE)
                .check(product);
    }

    @Test
    void reputationKnowsOnlyProtocol() {
        noClasses()
                .that()
                .resideInAPackage(REPUTATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, DEV_CHAIN, ROLES, NODE)
                .check(product);
    }

    @Test
    void theModelDoesNotKnowWhatItIsComparedWith() {
        noClasses()
                .that()
                .resideInAPackage("stella.reputation")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("stella.reputation.evaluation..")
                .check(product);
    }

    @Test
    void gatewayKnowsOnlyProtocol() {
        noClasses()
                .that()
                .resideInAPackage(GATEWAY)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REPUTATION, DEV_CHAIN, ROLES, NODE)
                .check(product);
    }

    @Test
    void embeddedChainUsesOnlyTheGatewaysCodecAndKeys() {
        noClasses()
                .that()
                .resideInAPackage(DEV_CHAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(REPUTATION, ROLES, NODE)
                .check(product);
        noClasses()
                .that()
                .resideInAPackage(DEV_CHAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("stella.gateway.client..", "stella.gateway.outbox..", "stella.gateway.rpc..")
                .check(product);
    }

    @Test
    void rolesKnowTheWorldOnlyThroughPorts() {
        noClasses()
                .that()
                .resideInAPackage(ROLES)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GATEWAY, DEV_CHAIN, NODE)
                .check(product);
    }

    @Test
    void valuesAndDecisionsArePure() {
        noClasses()
                .that()
                .resideInAnyPackage(PROTOCOL, REPUTATION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.pekko..", "java.nio.file..", "java.nio.channels..", "java.net..", "okhttp3..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .check(product);
    }

    @Test
    void rolesTakeClockAndRandomnessAsPortsAndUseNoThreads() {
        noClasses()
                .that()
                .resideInAPackage(ROLES)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "okhttp3..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(product);
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(product);
        assertThat(product.stream()
                        .filter(type -> !type.getPackageName().startsWith("stella.protocol.message")
                                && !type.getPackageName().endsWith(".v1")
                                && !type.getPackageName().startsWith("stella.devchain.prebuilt"))
                        .map(type -> type.getPackageName())
                        .distinct()
                        .filter(name -> !product.contain(name + ".package-info")))
                .isEmpty();
    }
}
