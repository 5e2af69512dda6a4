package dev.posthorn.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.IntegrationEvent;
import dev.posthorn.receive.UnreadableMessageException;
import dev.posthorn.serialize.SerializerRules;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which events of a hierarchy come to which handlers, from the JSON that is published to the handler. */
public class RoutingTest {

    /** Nothing in the JSON says of which class it is. */
    @IntegrationEvent(topic = "poly")
    public abstract static class AccountThing {
        public String id = "4711";
    }

    public static class Frozen extends AccountThing {
        public String court = "AG";
    }

    public static class Reopened extends AccountThing {
        public String clerk = "Ada";
    }

    @IntegrationEvent
    public static class Person {
        public String name = "Ada";
    }

    @IntegrationEvent
    public static class Customer extends Person {
        public int number = 7;
    }

    public static class Guest extends Person {
        public int room = 13;
    }

    /** The JSON says of which class it is. */
    @IntegrationEvent
    @JsonbTypeInfo(
            key = "@kind",
            value = {
                @JsonbSubtype(alias = "opened", type = Opened.class),
                @JsonbSubtype(alias = "blocked", type = Blocked.class)
            })
    public abstract static class Account implements Thing {
        public String id = "4711";
    }

    public interface Thing {}

    public static class Opened extends Account {
        public String clerk = "Ada";
    }

    public static class Blocked extends Account {
        public String court = "AG";
    }

    public static class Unnamed extends Account {}

    public sealed interface Shape permits Circle, Square {}

    @IntegrationEvent
    public record Circle(int radius) implements Shape {}

    @IntegrationEvent
    public record Square(int side) implements Shape {}

    @IntegrationEvent(type = "Person")
    public record OtherPerson(String name) {}

    @IntegrationEvent
    public static class WithoutConstructor {
        public String text;

        public WithoutConstructor(String text) {
            this.text = text;
        }
    }

    private final SampleRouting handlers = new SampleRouting();

    @AfterEach
    void close() throws Exception {
        handlers.close();
    }

    @Test
    void subclassesThatNothingTellsApartAreRefused() {
        handlers.take(Frozen.class, Reopened.class);

        List<String> problems = handlers.problems();
        assertEquals(2, problems.size(), problems::toString);
        for (String text : List.of(
                "POSTHORN-5303 handler of Frozen handles " + Frozen.class.getName(),
                "as type 'AccountThing'",
                "@IntegrationEvent(topic = \"poly\") public class Frozen ...",
                "@JsonbTypeInfo({@JsonbSubtype(alias = \"frozen\", type = Frozen.class), ...})")) {
            assertTrue(problems.get(0).contains(text), () -> problems.get(0) + " lacks " + text);
        }
        assertTrue(problems.get(1).startsWith("POSTHORN-5303 handler of Reopened"), problems::toString);
    }

    /** The sender may have others, now or later. */
    @Test
    void oneSubclassThatNothingTellsApartIsRefused() {
        handlers.take(Guest.class);
        assertProblem("POSTHORN-5303");
    }

    @Test
    void aClassThatJsonCantBeMadeOfIsRefused() {
        handlers.take(AccountThing.class);
        assertProblem("POSTHORN-5304", "'AccountThing'", "is abstract, and has no @JsonbTypeInfo", "@JsonbTypeInfo({");
    }

    @Test
    void aClassWithoutConstructorIsRefused() {
        handlers.take(WithoutConstructor.class);
        assertProblem("POSTHORN-5304", "no constructor without parameters");
    }

    @Test
    void aSubclassThatTheTypeInformationDoesNotNameIsRefused() {
        handlers.take(Unnamed.class);
        assertProblem("POSTHORN-5302", "@JsonbSubtype(alias = \"unnamed\", type = Unnamed.class)");
    }

    @Test
    void classesThatAreNoEventsAreRefused() {
        handlers.take(Thing.class, Object.class, String.class);
        assertEquals(
                List.of("POSTHORN-5301", "POSTHORN-5301", "POSTHORN-5301"),
                handlers.problems().stream().map(text -> text.substring(0, 13)).toList());
    }

    /** Nobody is advised to annotate what is not theirs, or what has no effect. */
    @Test
    void whatToAnnotateIsSaidOfTheClass() {
        assertAdvice("    @IntegrationEvent public class Plain ...", Plain.class);
        assertAdvice("    @IntegrationEvent public record PlainRecord ...", PlainRecord.class);
        assertAdvice("Annotate the classes or records that implement it: interfaces are not published.", Thing.class);
        for (Class<?> notTheirs : List.of(Object.class, String.class, int.class, Jsonb.class, Plain[].class)) {
            assertAdvice("    @IntegrationEvent public record OrderPlaced(String id) {}", notTheirs);
        }
    }

    public static class Plain {}

    public record PlainRecord(String id) {}

    private static void assertAdvice(String advice, Class<?> eventClass) {
        SampleRouting handlers = new SampleRouting();
        handlers.take(eventClass);
        List<String> problems = handlers.problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("POSTHORN-5301 "), problems::toString);
        assertTrue(problems.get(0).endsWith(advice), problems::toString);
    }

    @Test
    void subclassesThatTheJsonTellsApartComeToHandlersOfTheirClass() throws Exception {
        handlers.take(Opened.class, Blocked.class, Account.class);

        assertEquals(List.of("Account: Blocked", "Blocked: Blocked"), handlers.called(new Blocked()));
        assertEquals(List.of("Account: Opened", "Opened: Opened"), handlers.called(new Opened()));
        assertEquals(List.of(Account.class, Account.class), handlers.read);
    }

    @Test
    void aHandlerOfAnInterfaceGetsTheEventsOfItsClasses() throws Exception {
        handlers.take(Shape.class, Square.class);

        assertEquals(List.of("Shape: Circle"), handlers.called(new Circle(1)));
        assertEquals(List.of("Shape: Square", "Square: Square"), handlers.called(new Square(1)));
    }

    @Test
    void aHandlerOfAnInterfaceGetsEventsOfTheClassesThatAreKnown() throws Exception {
        handlers.know(Account.class, AccountThing.class);
        handlers.take(Thing.class);

        assertEquals(List.of("Thing: Blocked"), handlers.called(new Blocked()));
    }

    @Test
    void subclassesWithTypesOfTheirOwnAreToldApartByThese() throws Exception {
        handlers.take(Person.class, Customer.class);

        assertEquals(List.of("Person: Person"), handlers.called(new Person()));
        assertEquals(List.of("Customer: Customer", "Person: Customer"), handlers.called(new Customer()));
    }

    @Test
    void aHandlerOfAnAbstractClassGetsTheEventsOfItsAnnotatedSubclasses() throws Exception {
        handlers.know(Walk.class, Ride.class);
        handlers.take(Tour.class, Ride.class);

        assertEquals(List.of("Tour: Walk"), handlers.called(new Walk()));
        assertEquals(List.of("Ride: Ride", "Tour: Ride"), handlers.called(new Ride()));
    }

    @IntegrationEvent
    public abstract static class Tour {
        public String id = "4711";
    }

    @IntegrationEvent
    public static class Walk extends Tour {}

    @IntegrationEvent
    public static class Ride extends Tour {}

    @Test
    void aHandlerOfTheBaseGetsWhatNothingTellsApartAsTheBase() throws Exception {
        handlers.take(Person.class);

        assertEquals(List.of("Person: Person"), handlers.called(new Guest()));
    }

    @Test
    void classesOfOneTypeAreViewsOfIt() throws Exception {
        handlers.take(Person.class, OtherPerson.class);

        assertEquals(List.of("OtherPerson: OtherPerson", "Person: Person"), handlers.called(new Person()));
    }

    @Test
    void twoViewsOfOneTypeAreTooManyForOneHandler() {
        handlers.know(FirstView.class, SecondView.class);
        handlers.take(View.class);
        assertProblem("POSTHORN-5305", "FirstView", "SecondView");
    }

    public interface View {}

    @IntegrationEvent(type = "Seen")
    public record FirstView() implements View {}

    @IntegrationEvent(type = "Seen")
    public record SecondView() implements View {}

    @Test
    void whatNoHandlerTakesIsNotHandledAsAnythingElse() throws Exception {
        handlers.take(Opened.class);

        assertEquals(List.of(), handlers.called(new Blocked()));
        assertEquals(List.of(), handlers.open(new Blocked()).handlers());
        assertEquals(Blocked.class.getName(), handlers.open(new Blocked()).classes());
    }

    @Test
    void aKindThatNobodyKnowsCantBeRead() {
        handlers.take(Account.class);

        assertThrows(UnreadableMessageException.class, () -> handlers.open("Account", "{\"@kind\":\"burnt\"}"));
    }

    /** What it can tell is not known, so what it returns decides. */
    @Test
    void aSerializerOfTheApplicationsOwnMayTellWhatItKnows() throws Exception {
        handlers.rules = SerializerRules.UNKNOWN;
        handlers.take(Frozen.class, Reopened.class, AccountThing.class);
        handlers.reading = wanted -> wanted == AccountThing.class ? new Frozen() : new Reopened();

        assertEquals(List.of("AccountThing: Frozen", "Frozen: Frozen"), handlers.called(new Frozen()));
    }

    @Test
    void middlewareThatNoEventReachesIsKnown() {
        Function<Class<?>, Boolean> reached = javaClass -> handlers.routing().reaches(javaClass);
        handlers.take(Account.class);

        assertTrue(reached.apply(Object.class));
        assertTrue(reached.apply(Thing.class));
        assertTrue(reached.apply(Blocked.class));
        assertEquals(false, reached.apply(Unnamed.class));
        assertEquals(false, reached.apply(Customer.class));
    }

    private void assertProblem(String... texts) {
        List<String> problems = handlers.problems();
        assertEquals(1, problems.size(), problems::toString);
        for (String text : texts) {
            assertTrue(problems.get(0).contains(text), () -> problems.get(0) + " lacks " + text);
        }
    }
}
