package dev.posthorn;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and between the steps of an event. */
class ArchitectureTest {

    private static final String[] API = {
        "dev.posthorn", "dev.posthorn.log", "dev.posthorn.operator", "dev.posthorn.spi", "dev.posthorn.type"
    };
    private static final String[] JPA_OUTBOX = {"dev.posthorn.jpa.."};
    private static final String[] BRIDGE = {"dev.posthorn.messaging.."};
    private static final String[] ENGINE = {
        "dev.posthorn.relay..",
        "dev.posthorn.channel..",
        "dev.posthorn.node..",
        "dev.posthorn.retry..",
        "dev.posthorn.thread..",
        "dev.posthorn.watch..",
        "dev.posthorn.clean.."
    };

    private static final JavaClasses POSTHORN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.posthorn");

    /** What belongs to cdi-extension: everything of ours that is in no other module. */
    private static final DescribedPredicate<JavaClass> CDI_EXTENSION =
            describe("are part of cdi-extension", javaClass -> {
                String name = javaClass.getPackageName();
                return name.startsWith("dev.posthorn.")
                        && !name.equals("dev.posthorn.log")
                        && !name.equals("dev.posthorn.operator")
                        && !name.equals("dev.posthorn.spi")
                        && !name.equals("dev.posthorn.type")
                        && !name.startsWith("dev.posthorn.jpa")
                        && !name.startsWith("dev.posthorn.messaging");
            });

    @Test
    void everyModuleIsLookedAt() {
        for (String module :
                new String[] {"dev.posthorn.spi", "dev.posthorn.relay", "dev.posthorn.jpa", "dev.posthorn.messaging"}) {
            assertTrue(POSTHORN.containPackage(module), module);
        }
    }

    @Test
    void apiDependsOnThePlatformAlone() {
        check(classes()
                .that()
                .resideInAnyPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.posthorn",
                        "dev.posthorn.log",
                        "dev.posthorn.operator",
                        "dev.posthorn.spi",
                        "dev.posthorn.type",
                        "java..",
                        "jakarta..",
                        "org.eclipse.microprofile.config..",
                        "org.jspecify.annotations.."));
    }

    @Test
    void cdiExtensionKnowsNeitherJpaNorMessaging() {
        check(noClasses()
                .that(CDI_EXTENSION)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.posthorn.jpa..",
                        "dev.posthorn.messaging..",
                        "jakarta.persistence..",
                        "org.eclipse.microprofile.reactive.."));
    }

    @Test
    void jpaOutboxKnowsNeitherTheExtensionNorMessaging() {
        check(noClasses()
                .that()
                .resideInAnyPackage(JPA_OUTBOX)
                .should()
                .dependOnClassesThat(CDI_EXTENSION.or(JavaClass.Predicates.resideInAnyPackage(
                        "dev.posthorn.messaging..", "org.eclipse.microprofile.reactive.."))));
    }

    @Test
    void bridgeKnowsNeitherTheExtensionNorJpa() {
        check(noClasses()
                .that()
                .resideInAnyPackage(BRIDGE)
                .should()
                .dependOnClassesThat(CDI_EXTENSION.or(
                        JavaClass.Predicates.resideInAnyPackage("dev.posthorn.jpa..", "jakarta.persistence.."))));
    }

    @Test
    void engineNeedsNoContainer() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta..", "org.eclipse.microprofile.."));
    }

    /** It is a monitor with short steps under it: what takes time is done elsewhere. */
    @Test
    void aChannelDoesNoInputAndOutputAndKnowsNoThread() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.posthorn.channel..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.posthorn\\.spi\\.(EventStore|EventTransport|NodeStore|OperatorStore)")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executor.class, Thread.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("dev.posthorn.thread.."));
    }

    @Test
    void nobodyOutsideAChannelSeesItsEntries() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.posthorn.channel")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.posthorn\\.channel\\.Entry.*"));
    }

    @Test
    void stepsOfAnEventFormNoCycle() {
        check(slices().matching("dev.posthorn.(*)..").should().beFreeOfCycles());
    }

    @Test
    void roomsOfTheStoresFormNoCycle() {
        check(slices().matching("dev.posthorn.jpa.(*)..").should().beFreeOfCycles());
    }

    @Test
    void whatDiffersBetweenDatabasesIsKnownToTheirDialectsAlone() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.posthorn.jpa.dialect")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.posthorn\\.jpa\\.dialect\\..+Dialect"));
    }

    private static void check(ArchRule rule) {
        rule.check(POSTHORN);
    }
}
