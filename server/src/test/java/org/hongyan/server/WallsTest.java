package org.hongyan.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** The walls between rooms, and the habits of the house that a machine can check (architecture, house style). */
class WallsTest {

    private static final Set<String> DOORS = Set.of("console", "api", "smtp");

    private static final ImportOption WITHOUT_TESTS = location -> !location.contains("/test-classes/");

    private static final JavaClasses HOUSE =
            new ClassFileImporter().withImportOption(WITHOUT_TESTS).importPackages("org.hongyan");

    @Test
    void roomsKeepToTheirWalls() {
        ApplicationModules.of(HongyanApplication.class, WITHOUT_TESTS).verify();
    }

    @Test
    void doorsDoNotKnowOneAnother() {
        for (String door : DOORS) {
            for (String other : DOORS) {
                if (!door.equals(other)) {
                    noClasses()
                            .that(resideInAPackage("org.hongyan.server." + door + ".."))
                            .should()
                            .dependOnClassesThat(resideInAPackage("org.hongyan.server." + other + ".."))
                            .allowEmptyShould(true)
                            .check(HOUSE);
                }
            }
        }
    }

    @Test
    void theEngineKnowsNeitherSpringNorSqlNorTheService() {
        noClasses()
                .that(resideInAPackage("org.hongyan.mail.."))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..")
                        .or(resideInAPackage("java.sql.."))
                        .or(resideInAPackage("org.hongyan.server.."))
                        .or(resideInAPackage("org.hongyan.sandbox..")))
                .check(HOUSE);
    }

    @Test
    void everyPackageHasASignAndIsNullMarked() {
        classes().that(are(topLevelInHouse())).should(new SignOnPackage()).check(HOUSE);
    }

    @Test
    void sqlIsSpokenInRepositoriesOnly() {
        noClasses()
                .that(resideInAPackage("org.hongyan.."))
                .and(have(nameNotOfARepository()))
                .and(are(DescribedPredicate.not(resideInAPackage("org.hongyan.server.store.."))))
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework.jdbc.core.."))
                .check(HOUSE);
    }

    @Test
    void timeComesFromAClock() {
        noClasses()
                .that(resideInAPackage("org.hongyan.mail..")
                        .or(resideInAPackage("org.hongyan.server.."))
                        .or(resideInAPackage("org.hongyan.sandbox..")))
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(java.time.LocalDate.class, "now")
                .orShould()
                .callMethod(java.time.LocalDateTime.class, "now")
                .orShould()
                .callMethod(java.time.ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HOUSE);
    }

    @Test
    void nobodyThrowsABareRuntimeException() {
        noClasses()
                .that(resideInAPackage("org.hongyan.."))
                .and(are(DescribedPredicate.not(JavaClass.Predicates.assignableTo(RuntimeException.class))))
                .should()
                .callConstructor(RuntimeException.class, String.class)
                .orShould()
                .callConstructor(RuntimeException.class, Throwable.class)
                .orShould()
                .callConstructor(RuntimeException.class, String.class, Throwable.class)
                .orShould()
                .callConstructor(RuntimeException.class)
                .check(HOUSE);
    }

    @Test
    void namesTellWhatAThingIs() {
        noClasses()
                .that(resideInAPackage("org.hongyan.."))
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(HOUSE);
    }

    @Test
    void dependenciesComeByConstructorAndAreFew() {
        fields().should()
                .notBeAnnotatedWith(org.springframework.beans.factory.annotation.Autowired.class)
                .check(HOUSE);
        constructors()
                .that(are(DescribedPredicate.describe(
                        "of Spring beans",
                        (JavaConstructor c) ->
                                c.getOwner().isMetaAnnotatedWith(org.springframework.stereotype.Component.class))))
                .should(new HaveAtMost(6))
                .check(HOUSE);
    }

    private static DescribedPredicate<JavaClass> topLevelInHouse() {
        return DescribedPredicate.describe(
                "top-level classes of the house",
                c -> c.isTopLevelClass() && c.getPackageName().startsWith("org.hongyan"));
    }

    private static DescribedPredicate<JavaClass> nameNotOfARepository() {
        return DescribedPredicate.describe("a name that is not of a repository", c -> {
            String name = c.getName();
            int nested = name.indexOf('$');
            return !(nested < 0 ? name : name.substring(0, nested)).endsWith("Repository");
        });
    }

    private static final class SignOnPackage extends ArchCondition<JavaClass> {
        SignOnPackage() {
            super("live in a package with a package-info that is @NullMarked");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            JavaPackage room = type.getPackage();
            boolean marked = room.isAnnotatedWith(org.jspecify.annotations.NullMarked.class);
            events.add(new SimpleConditionEvent(type, marked, room.getName() + " has no @NullMarked package-info"));
        }
    }

    private static final class HaveAtMost extends ArchCondition<JavaConstructor> {
        private final int most;

        HaveAtMost(int most) {
            super("have at most " + most + " parameters");
            this.most = most;
        }

        @Override
        public void check(JavaConstructor constructor, ConditionEvents events) {
            int count = constructor.getRawParameterTypes().size();
            events.add(new SimpleConditionEvent(
                    constructor, count <= most, constructor.getFullName() + " has " + count + " parameters"));
        }
    }
}
