package dev.posthorn.config;

import static dev.posthorn.log.Printable.text;

import dev.posthorn.log.Printable;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said of the configuration: what is wrong, what follows, what to write. */
final class ConfigMessages {

    private ConfigMessages() {}

    static String unknownKey(String key, Optional<String> lineToWrite) {
        return "POSTHORN-6001 " + text(key) + " is not a key that Posthorn knows. It has no effect."
                + lineToWrite.map(ConfigMessages::write).orElse(" The configuration reference lists all keys.");
    }

    static String unknownType(String key, String type, Collection<String> types, Optional<String> lineToWrite) {
        return "POSTHORN-6002 " + text(key)
                + " has no effect: no class that this application publishes or handles has the type '" + text(type)
                + "'. "
                + known("types", types) + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    static String unknownChannel(
            String key, String channel, String use, Collection<String> channels, Optional<String> lineToWrite) {
        return "POSTHORN-6003 " + text(key) + " has no effect: this application " + text(use) + " no channel '"
                + text(channel) + "'. "
                + known("channels", channels)
                + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    static String notOfOneChannel(String key, String ofAll) {
        return "POSTHORN-6004 " + text(key) + " has no effect: " + text(ofAll)
                + " is for the whole application, not for one channel. Remove this key, or set " + text(ofAll) + ".";
    }

    static String notAllowed(String key, String value, String expected) {
        return "POSTHORN-6005 " + text(key) + "=" + text(value) + " is not allowed. It must be " + expected + ".";
    }

    static String tooLong(String what, String key, int length, int most) {
        return "POSTHORN-6006 " + text(what) + " is " + length + " characters long, and its column has room for " + most
                + ": nothing could be stored. Set " + text(key) + " to a shorter one.";
    }

    static String noName(String deployedName, String key) {
        return "POSTHORN-1013 "
                + (deployedName.isBlank()
                        ? "The server has no name for this application"
                        : "The server calls this application '" + text(deployedName)
                                + "', as it does with every one that is deployed at its root")
                + ". Two such on the same tables would take each other's events for their own, and drop each other's messages as known."
                + " Add to microprofile-config.properties a name that no other application has:" + "\n    " + text(key)
                + "=shop";
    }

    static String contradiction(String channel, String less, Object lessValue, String more, Object moreValue) {
        return "POSTHORN-6007 Channel '" + text(channel) + "': " + text(less) + " is " + text(lessValue)
                + ", longer than " + text(more) + ", "
                + text(moreValue) + ", which limits it. Set " + text(less) + " to at most " + text(moreValue) + ", or "
                + text(more)
                + " to at least " + text(lessValue) + ".";
    }

    static String ofBothKinds(String channel, String received, String own) {
        return "POSTHORN-6008 Channel '" + text(channel) + "' is named in " + text(received) + " and in " + text(own)
                + ". Leave it in the first if Posthorn is to receive on it, in the second if the application does.";
    }

    static String typeNobodyHandles(String key, String type, Collection<String> types, Optional<String> lineToWrite) {
        return "POSTHORN-6009 " + text(key) + "=" + text(type) + ": nobody handles the type '" + text(type)
                + "', so every plain message of this channel would be dropped. "
                + known("types that are handled", types)
                + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    static String handlersWithoutChannel(String key, Collection<String> incoming, String ownChannel) {
        String channels = incoming.isEmpty()
                ? "orders"
                : incoming.stream().map(Printable::text).collect(Collectors.joining(","));
        return "POSTHORN-6021 This application has handlers of events that arrive, and receives on no channel: they are never called. Add to"
                + " microprofile-config.properties:\n    " + text(key) + "=" + channels
                + (incoming.isEmpty()
                        ? "\n    mp.messaging.incoming.orders.connector=...\nand what else that channel needs."
                        : "\nof which there is configuration for Reactive Messaging; name those that Posthorn is to receive on.")
                + " If the application hands messages over by IntegrationEvents.receive, add " + text(ownChannel) + ".";
    }

    static String channelsWithoutHandler(Collection<String> channels, Collection<String> observersOfFired) {
        return "POSTHORN-6024 This application has no handlers of events that arrive, and receives on "
                + listed(channels)
                + ": every message is acknowledged and dropped, or refused where posthorn.inbox.unhandled=refuse. Write in a bean:"
                + "\n    void on(@Observes @Received OrderPlaced event) { ... }"
                + "\nor let a bean implement IntegrationEventHandler<OrderPlaced>."
                + (observersOfFired.isEmpty()
                        ? ""
                        : " Without @Received, observers get only what is fired in this application: "
                                + listed(observersOfFired) + ".");
    }

    private static String listed(Collection<String> names) {
        return names.stream().map(Printable::text).collect(Collectors.joining(", "));
    }

    private static String known(String what, Collection<String> names) {
        return names.isEmpty()
                ? "There are no " + text(what) + "."
                : "The " + text(what) + " are: " + listed(names) + ".";
    }

    private static String write(String line) {
        return " Write:\n    " + text(line);
    }
}
