package dev.posthorn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever comes from elsewhere, no log, message or {@code toString} shows it as it came: each of those that there are is made with
 * {@linkplain Hostile hostile} texts and failures.
 */
class NothingRawTest {

    private static final JavaClasses POSTHORN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.posthorn");

    private static final String LOG = "dev.posthorn.log";

    /** Classes that say something to people. */
    private static final Pattern SPEAKING = Pattern.compile(".*(Log|Messages|Problems)");

    private static final Set<String> API =
            Set.of("dev.posthorn", "dev.posthorn.operator", "dev.posthorn.spi", "dev.posthorn.type");

    /** Names of pages of a list, which are data: nobody shows them. */
    private static final Set<String> DATA =
            Set.of("dev.posthorn.jpa.operate.OperationsPosition", "dev.posthorn.jpa.operate.InboxOperationsPosition");

    private static final int LONGEST_LINE = 4_000;
    private static final int LONGEST_TRACE = 400_000;

    private static final Pattern LINE_OF_A_TRACE =
            Pattern.compile("\t+(at .*|\\.\\.\\. \\d+ more)|\t*(Caused by|Suppressed): .*");

    private static final Logger ROOT = Logger.getLogger("dev.posthorn");
    private static final Lines LINES = new Lines();

    @BeforeAll
    static void listen() {
        ROOT.setLevel(Level.ALL);
        ROOT.setUseParentHandlers(false);
        ROOT.addHandler(LINES);
    }

    @AfterAll
    static void listenNoMore() {
        ROOT.removeHandler(LINES);
        ROOT.setUseParentHandlers(true);
        ROOT.setLevel(null);
    }

    @Test
    void everythingIsLoggedThroughOneClass() {
        noClasses()
                .that()
                .resideOutsideOfPackage(LOG)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System$Logger")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..")
                .because("dev.posthorn.log.Log makes printable what it is given")
                .check(POSTHORN);
    }

    @TestFactory
    Stream<DynamicTest> noMessageShowsAnythingRaw() {
        return speaking()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic() && !Modifier.isPrivate(method.getModifiers()))
                .map(method -> DynamicTest.dynamicTest(
                        method.getDeclaringClass().getSimpleName() + "." + method.getName(), () -> {
                            List<String> harmless = said(method, new Hostile(Hostile.HARMLESS));
                            List<String> hostile = said(method, new Hostile(Hostile.TEXT));
                            assertEquals(harmless.size(), hostile.size(), "messages");
                            for (int i = 0; i < hostile.size(); i++) {
                                assertClean(hostile.get(i), lines(harmless.get(i)));
                            }
                        }));
    }

    @Test
    void theSpeakingClassesOfAllModulesAreLookedAt() {
        List<String> names = speaking().map(Class::getSimpleName).toList();
        assertTrue(
                names.containsAll(List.of(
                        "InboxLog",
                        "RelayLog",
                        "AuditLog",
                        "HealthLog",
                        "StoreLog",
                        "BridgeMessages",
                        "RabbitMqProblems",
                        "Problems")),
                names::toString);
    }

    @TestFactory
    Stream<DynamicTest> noTextOfAnObjectShowsAnythingRaw() {
        return POSTHORN.stream()
                .filter(NothingRawTest::hasATextToLookAt)
                .map(JavaClass::reflect)
                .map(type -> DynamicTest.dynamicTest(
                        type.getName(), () -> assertClean(String.valueOf(new Hostile(Hostile.TEXT).of(type)), 1)));
    }

    @TestFactory
    Stream<DynamicTest> noExceptionOfOurOwnSaysAnythingRaw() {
        return POSTHORN.stream()
                .filter(type -> type.isAssignableTo(Throwable.class) && !API.contains(type.getPackageName()))
                .filter(type -> !type.getPackageName().equals(LOG))
                .map(JavaClass::reflect)
                .flatMap(type -> Arrays.stream(type.getDeclaredConstructors()))
                .filter(constructor -> !Modifier.isPrivate(constructor.getModifiers()))
                .map(constructor -> DynamicTest.dynamicTest(
                        constructor.toString(),
                        () -> assertClean(
                                String.valueOf(made(constructor, new Hostile(Hostile.TEXT))
                                        .getMessage()),
                                1)));
    }

    private static Stream<Class<?>> speaking() {
        return POSTHORN.stream()
                .filter(type -> SPEAKING.matcher(type.getSimpleName()).matches()
                        && !type.getPackageName().equals(LOG)
                        && !type.isInterface()
                        && type.getInterfaces().isEmpty())
                .map(JavaClass::reflect);
    }

    private static boolean hasATextToLookAt(JavaClass type) {
        boolean isOfApi =
                API.contains(type.getPackageName()) && type.getModifiers().contains(JavaModifier.PUBLIC);
        boolean isAbstract =
                type.isInterface() || type.isEnum() || type.getModifiers().contains(JavaModifier.ABSTRACT);
        return !isAbstract
                && !type.getPackageName().equals(LOG)
                && !DATA.contains(type.getName())
                && type.tryGetMethod("toString").isPresent()
                && (isOfApi || !type.isRecord() || saysItsOwn(type));
    }

    /** The text that the compiler makes of a record does nothing that could be seen here; but for those of the API, nobody shows it. */
    private static boolean saysItsOwn(JavaClass type) {
        return !type.getMethod("toString").getAccessesFromSelf().isEmpty();
    }

    private static List<String> said(Method method, Hostile texts) throws Exception {
        method.setAccessible(true);
        Object instance = Modifier.isStatic(method.getModifiers()) ? null : texts.of(method.getDeclaringClass());
        LINES.lines.clear();
        List<String> said = new ArrayList<>();
        try {
            Object answer = method.invoke(instance, texts.arguments(method.getParameters()));
            if (answer instanceof String text && !method.getName().equals("caller")) {
                said.add(text);
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " threw", e.getCause());
        }
        said.addAll(LINES.lines);
        assertTrue(!said.isEmpty() || method.getName().equals("caller"), () -> method + " said nothing");
        return said;
    }

    private static Throwable made(Constructor<?> constructor, Hostile texts) throws Exception {
        constructor.setAccessible(true);
        return (Throwable) constructor.newInstance(texts.arguments(constructor.getParameters()));
    }

    private static int lines(String text) {
        return text.split("\n", -1).length;
    }

    private static void assertClean(String text, int lines) {
        assertTrue(text.length() <= LONGEST_LINE * lines, () -> "has " + text.length() + " characters");
        assertEquals(lines, lines(text), () -> "lines of " + text);
        text.codePoints()
                .filter(c -> c != '\n')
                .forEach(c -> assertTrue(isHarmless(c), () -> "U+" + Integer.toHexString(c) + " in " + text));
    }

    private static boolean isHarmless(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** Messages as they are logged; stack traces are looked at here. */
    private static final class Lines extends Handler {

        private final List<String> lines = new ArrayList<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.formatMessage(line));
            if (line.getThrown() != null) {
                StringWriter trace = new StringWriter();
                line.getThrown().printStackTrace(new PrintWriter(trace));
                assertTrace(trace.toString());
            }
        }

        private static void assertTrace(String trace) {
            assertTrue(trace.length() <= LONGEST_TRACE, () -> "has " + trace.length() + " characters");
            String[] all = trace.split(System.lineSeparator());
            for (int i = 0; i < all.length; i++) {
                String line = all[i];
                assertTrue(
                        i == 0 || LINE_OF_A_TRACE.matcher(line).matches(), () -> "no line of a stack trace: " + line);
                assertClean(line.replace("\t", ""), 1);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
