package dev.posthorn.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.EventMiddleware;
import dev.posthorn.HandlingContext;
import dev.posthorn.IntegrationEvent;
import dev.posthorn.IntegrationEventHandler;
import dev.posthorn.Received;
import dev.posthorn.config.MapConfig;
import jakarta.enterprise.event.Observes;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What CDI finds of a hierarchy, and what is said of it. Nothing is deployed: there is neither a store nor a transport. */
public class HierarchiesAtDeploymentTest {

    @IntegrationEvent
    public abstract static class Account {
        public String id = "";
    }

    public static class Frozen extends Account {}

    public static class Reopened extends Account {}

    @IntegrationEvent
    @JsonbTypeInfo({@JsonbSubtype(alias = "letter", type = Letter.class)})
    public abstract static class Contact {}

    public static class Letter extends Contact {}

    public sealed interface Shape permits Circle {}

    @IntegrationEvent
    public record Circle(int radius) implements Shape {}

    @IntegrationEvent
    public static class Closed {

        private final String id = "";

        public String id() {
            return id;
        }
    }

    public static class Untold {

        void frozen(@Observes @Received Frozen event) {}

        void reopened(@Observes @Received Reopened event) {}

        void account(@Observes @Received Account event) {}

        void text(@Observes @Received String event) {}
    }

    public static class UntoldBean implements IntegrationEventHandler<Reopened> {

        @Override
        public void handle(Reopened event, HandlingContext context) {}
    }

    public static class Told implements EventMiddleware<Letter> {

        void letter(@Observes @Received Letter event) {}

        void contact(@Observes @Received Contact event) {}

        void shape(@Observes @Received Shape event) {}

        void circle(@Observes @Received Circle event) {}
    }

    public static class AroundNothing implements EventMiddleware<Frozen> {}

    @Test
    void whatNothingTellsApartIsNamedAtOnce() {
        List<String> problems = problems(Untold.class, UntoldBean.class);
        assertEquals(
                List.of(
                        "POSTHORN-5301 " + Untold.class.getName() + ".text",
                        "POSTHORN-5303 " + Untold.class.getName() + ".frozen",
                        "POSTHORN-5303 " + Untold.class.getName() + ".reopened",
                        "POSTHORN-5303 " + UntoldBean.class.getName(),
                        "POSTHORN-5304 " + Untold.class.getName() + ".account"),
                problems.stream()
                        .map(text -> text.substring(0, text.indexOf(" handles ")))
                        .sorted()
                        .toList());
    }

    @Test
    void whatIsToldApartIsNoProblem() {
        assertEquals(List.of(), problems(Told.class, Letter.class, Contact.class, Circle.class));
    }

    @Test
    void middlewareOfAClassThatNoHandlerTakesIsAProblem() {
        List<String> problems = problems(Told.class, AroundNothing.class);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("POSTHORN-5306 " + AroundNothing.class.getName()), problems::toString);
    }

    @Test
    void aClassThatIsPublishedWithoutItsDataIsWarnedOf() {
        assertEquals(
                List.of("POSTHORN-1042 " + Closed.class.getName()),
                TriedDeployment.of(MapConfig.of(), Closed.class, Circle.class).warnings("POSTHORN-1042").stream()
                        .map(line -> line.substring(0, line.indexOf(" is published as {}")))
                        .toList());
    }

    /** Those of hierarchies. */
    private static List<String> problems(Class<?>... classes) {
        return TriedDeployment.of(MapConfig.of(), classes).problems("POSTHORN-53");
    }
}
