package dev.posthorn.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventNotPublishableException;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.LogLines;
import dev.posthorn.WhenDead;
import dev.posthorn.config.MapConfig;
import dev.posthorn.serialize.JsonbRules;
import dev.posthorn.type.EventType;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublishedTypesTest {

    @IntegrationEvent
    abstract static class Account {}

    static class Frozen extends Account {}

    static class Reopened extends Account {}

    @IntegrationEvent
    @JsonbTypeInfo({
        @JsonbSubtype(alias = "letter", type = Letter.class),
        @JsonbSubtype(alias = "call", type = Call.class)
    })
    abstract static class Contact {}

    static class Letter extends Contact {}

    static class Call extends Contact {}

    static class Fax extends Contact {}

    @IntegrationEvent
    static class Paid {}

    @Test
    void whatReceiversCantTellApartIsWarnedOf() {
        assertEquals(List.of(), warnings(Frozen.class));
        assertEquals(List.of(), warnings(Letter.class, Call.class, Letter.class));

        List<String> warnings = warnings(Frozen.class, Reopened.class, Frozen.class);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("POSTHORN-1041 " + Frozen.class.getName() + " and "), warnings::toString);
        assertTrue(warnings.get(0).contains("@JsonbTypeInfo({"), warnings::toString);
        assertEquals(1, warnings(Letter.class, Fax.class).size());
    }

    private static List<String> warnings(Class<?>... published) {
        PublishedTypes types = types();
        try (LogLines log = new LogLines("dev.posthorn")) {
            for (Class<?> each : published) {
                types.of(each);
            }
            return log.take().stream()
                    .filter(line -> line.startsWith("POSTHORN-1041"))
                    .toList();
        }
    }

    @Test
    void namesThatCantBeStoredAreProblems() {
        String longest = "x".repeat(255);
        assertEquals(List.of(), problems("posthorn.event.Paid.topic", longest));

        List<String> problems = problems("posthorn.event.Paid.topic", longest + "x");
        assertEquals(1, problems.size());
        assertTrue(
                problems.get(0).startsWith("POSTHORN-1206 The topic of " + Paid.class.getName()), problems::toString);
        assertThrows(EventNotPublishableException.class, () -> types("posthorn.event.Paid.topic", longest + "x")
                .of(Paid.class));
    }

    /** The name of a type can be written in the annotation alone, and Config is above the annotation for the others. */
    @Test
    void eachNameThatCantBeStoredIsAProblemWithWhatHelps() {
        String tooLong = "x".repeat(256);
        EventType type = new EventType(Paid.class, "Paid", tooLong, tooLong, true, WhenDead.BLOCK);
        EventType unnameable = new EventType(Letter.class, tooLong, "posthorn", "Letter", true, WhenDead.BLOCK);

        assertEquals(
                List.of(
                        "The topic: Set posthorn.event.Paid.topic to a shorter one.",
                        "The channel: Set posthorn.event.Paid.channel to a shorter one.",
                        "The type: Shorten it: @IntegrationEvent(type = \"...\")."),
                PublishedTypes.problems(List.of(type, unnameable)).stream()
                        .map(text -> text.replaceAll(
                                "^POSTHORN-1206 (The [a-z]+) of .* has 256 characters, .* can be stored[.]", "$1:"))
                        .toList());
    }

    private static List<String> problems(String... config) {
        return PublishedTypes.problems(
                EventType.of(Paid.class, MapConfig.of(config)).stream().toList());
    }

    private static PublishedTypes types(String... config) {
        return new PublishedTypes(MapConfig.of(config), Set.of("posthorn"), new JsonbRules());
    }
}
