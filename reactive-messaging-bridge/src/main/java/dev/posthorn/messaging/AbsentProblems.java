package dev.posthorn.messaging;

import static dev.posthorn.log.Printable.text;

import dev.posthorn.log.Printable;
import java.util.Set;
import java.util.stream.Collectors;

/** What is said where Reactive Messaging or a connector is not there: the first mistake of most who begin. */
final class AbsentProblems {

    private static final String SMALLRYE_KAFKA_LIBRARY = "io.smallrye.reactive:smallrye-reactive-messaging-kafka:";

    private static final String ON_PAYARA =
            "\n    Payara: add to the application " + SMALLRYE_KAFKA_LIBRARY + Libraries.SMALLRYE
                    + " and org.eclipse.microprofile.reactive-streams-operators:microprofile-reactive-streams-operators-api:3.0.1,"
                    + " and start the server with " + AbsentProblems.EMPTY_BEANS_XML + ".";

    private static final String ON_WILDFLY =
            "\n    WildFly: add to the server the Galleon layer microprofile-reactive-messaging-kafka, and nothing to the application.";

    static final String EMPTY_BEANS_XML = "-Dfish.payara.deployment.emptyBeansXmlModeALL=true";

    private AbsentProblems() {}

    static String noReactiveMessaging() {
        return "POSTHORN-M55: MicroProfile Reactive Messaging is neither in this application nor in this server, and Posthorn sends and"
                + " receives through it." + ON_PAYARA + ON_WILDFLY
                + "\n    Open Liberty: add to server.xml the feature mpReactiveMessaging-3.0, and to the application"
                + " org.apache.kafka:kafka-clients."
                + "\nAn application with an EventTransport of its own leaves dev.posthorn:posthorn-reactive-messaging-bridge out.";
    }

    static String beansNotSeen() {
        return "POSTHORN-M56: SmallRye Reactive Messaging is in this application, and Payara was not started with "
                + EMPTY_BEANS_XML
                + ". Without it Payara does not see the beans of libraries whose beans.xml is empty, as SmallRye's is, and ends the"
                + " deployment (WELD-001334). Start it with that.";
    }

    static String noKafkaConnector(ConfiguredChannel channel) {
        return "POSTHORN-M57: Channel '" + text(channel.name()) + "' uses the connector " + text(channel.connector())
                + ", which is neither in this application nor in this server: nothing could be sent or received."
                + (channel.connector().equals(SmallRyeKafkaSupport.CONNECTOR)
                        ? ON_PAYARA + ON_WILDFLY + "\n    Open Liberty: set " + text(channel.key("connector")) + "="
                                + LibertyKafkaSupport.CONNECTOR + "."
                        : "\n    Open Liberty: add to server.xml the feature mpReactiveMessaging-3.0.\n    Other servers: set "
                                + text(channel.key("connector")) + "=" + SmallRyeKafkaSupport.CONNECTOR + ".");
    }

    static String noConnector(ConfiguredChannel channel, Set<String> here) {
        return "POSTHORN-M58: Channel '" + text(channel.name()) + "' uses the connector " + text(channel.connector())
                + ", and there is none of that name: nothing could be sent or received. Those that are here: "
                + here.stream().map(Printable::text).collect(Collectors.joining(", ")) + ". Set "
                + text(channel.key("connector"))
                + " to one of them, or add the library that has this one.";
    }
}
