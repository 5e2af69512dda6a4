package dev.posthorn.serialize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules say what JSON-B does. */
public class JsonbRulesTest {

    @JsonbTypeInfo({
        @JsonbSubtype(alias = "leaf", type = Leaf.class),
        @JsonbSubtype(alias = "branch", type = Branch.class)
    })
    public interface Part {}

    public static class Leaf implements Part {}

    /** Of the type information of its interface nothing is known when this class is read. */
    public abstract static class Half implements Part {}

    @JsonbTypeInfo(key = "@branch", value = @JsonbSubtype(alias = "twig", type = Twig.class))
    public abstract static class Branch implements Part {}

    public static class Twig extends Branch {}

    public static class Thorn extends Branch {}

    public abstract static class Created {

        public String text = "";

        @JsonbCreator
        public static Created of(@JsonbProperty("text") String text) {
            Created created = new Created() {};
            created.text = text;
            return created;
        }
    }

    public static class Protected {
        protected Protected() {}
    }

    public static class Private {
        private Private() {}
    }

    public class Inner {}

    public record Value(String text) {}

    public static class Closed {

        private String secret = "x";

        public String id() {
            return secret;
        }
    }

    public static class StillClosed extends Closed {}

    public static class Open {

        private String open = "x";

        public String getOpen() {
            return open;
        }
    }

    public static class Inherited extends Open {

        private String closed = "x";

        public String closed() {
            return closed;
        }
    }

    public static class Fields {
        public String open = "x";
    }

    public static class Nothing {}

    public static class OnPurpose {

        @JsonbTransient
        private String left = "x";

        private transient String out = "x";

        public String both() {
            return left + out;
        }
    }

    private final JsonbRules rules = new JsonbRules();
    private final Jsonb jsonb = JsonbBuilder.create();

    @AfterEach
    void close() throws Exception {
        jsonb.close();
    }

    @Test
    void whatCanBeRead() {
        assertReadable("{\"@type\":\"leaf\"}", Part.class, Leaf.class);
        assertReadable("{\"@branch\":\"twig\"}", Branch.class, Twig.class);
        assertReadable("{\"@type\":\"branch\",\"@branch\":\"twig\"}", Part.class, Twig.class);
        assertReadable("{}", Protected.class, Protected.class);
        assertReadable("{\"text\":\"x\"}", Value.class, Value.class);
        assertTrue(rules.unreadable(Created.class).isEmpty());
        assertEquals("x", jsonb.fromJson("{\"text\":\"x\"}", Created.class).text);
    }

    private void assertReadable(String json, Class<?> wanted, Class<?> found) {
        assertEquals(found, jsonb.fromJson(json, wanted).getClass());
        assertTrue(rules.unreadable(wanted).isEmpty(), wanted::toString);
    }

    @Test
    void whatCantBeRead() {
        for (Class<?> javaClass : List.of(Half.class, Private.class, Inner.class, Runnable.class)) {
            assertThrows(
                    JsonbException.class, () -> jsonb.fromJson("{\"@type\":\"leaf\"}", javaClass), javaClass::toString);
            assertTrue(rules.unreadable(javaClass).isPresent(), javaClass::toString);
        }
    }

    @Test
    void whatTheJsonTells() {
        assertTrue(rules.tells(Part.class, Leaf.class));
        assertTrue(rules.tells(Part.class, Twig.class));
        assertTrue(rules.tells(Part.class, Branch.class));
        assertTrue(rules.tells(Branch.class, Twig.class));
        assertFalse(rules.tells(Part.class, Thorn.class));
        assertFalse(rules.tells(Part.class, Half.class));
        assertFalse(rules.tells(Open.class, Inherited.class));
    }

    @Test
    void whatIsWrittenEmpty() {
        for (Object event : List.of(new Closed(), new StillClosed())) {
            assertEquals("{}", jsonb.toJson(event));
            assertTrue(rules.isWrittenEmpty(event.getClass()), event::toString);
        }
        for (Object event : List.of(new Open(), new Inherited(), new Fields(), new Value("x"))) {
            assertFalse(jsonb.toJson(event).equals("{}"), event::toString);
            assertFalse(rules.isWrittenEmpty(event.getClass()), event::toString);
        }
    }

    @Test
    void whatHasNothingToSayOrSaysSoIsNotWrittenEmpty() {
        for (Object event : List.of(new Nothing(), new OnPurpose())) {
            assertEquals("{}", jsonb.toJson(event));
            assertFalse(rules.isWrittenEmpty(event.getClass()), event::toString);
        }
    }
}
