package dev.posthorn.config;

import java.util.Collection;
import java.util.Optional;

/** What is said of the configuration: what is wrong, what follows, what to write. */
final class ConfigMessages {

    private ConfigMessages() {}

    static String unknownKey(String key, Optional<String> lineToWrite) {
        return "POSTHORN-6001 " + key + " is not a key that Posthorn knows. It has no effect."
                + lineToWrite.map(ConfigMessages::write).orElse(" The configuration reference lists all keys.");
    }

    static String unknownType(String key, String type, Collection<String> types, Optional<String> lineToWrite) {
        return "POSTHORN-6002 " + key
                + " has no effect: no class that this application publishes or handles has the type '" + type + "'. "
                + known("types", types) + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    static String unknownChannel(
            String key, String channel, String use, Collection<String> channels, Optional<String> lineToWrite) {
        return "POSTHORN-6003 " + key + " has no effect: this application " + use + " no channel '" + channel + "'. "
                + known("channels", channels)
                + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    static String notOfOneChannel(String key, String ofAll) {
        return "POSTHORN-6004 " + key + " has no effect: " + ofAll
                + " is for the whole application, not for one channel. Remove this key, or set " + ofAll + ".";
    }

    static String notAllowed(String key, String value, String expected) {
        return "POSTHORN-6005 " + key + "=" + value + " is not allowed. It must be " + expected + ".";
    }

    static String tooLong(String what, String key, int length, int most) {
        return "POSTHORN-6006 " + what + " is " + length + " characters long, and its column has room for " + most
                + ": nothing could be stored. Set " + key + " to a shorter one.";
    }

    static String contradiction(String channel, String less, Object lessValue, String more, Object moreValue) {
        return "POSTHORN-6007 Channel '" + channel + "': " + less + " is " + lessValue + ", longer than " + more + ", "
                + moreValue + ", which limits it. Set " + less + " to at most " + moreValue + ", or " + more
                + " to at least " + lessValue + ".";
    }

    static String ofBothKinds(String channel, String received, String own) {
        return "POSTHORN-6008 Channel '" + channel + "' is named in " + received + " and in " + own
                + ". Leave it in the first if Posthorn is to receive on it, in the second if the application does.";
    }

    static String typeNobodyHandles(String key, String type, Collection<String> types, Optional<String> lineToWrite) {
        return "POSTHORN-6009 " + key + "=" + type + ": nobody handles the type '" + type
                + "', so every plain message of this channel would be dropped. "
                + known("types that are handled", types)
                + lineToWrite.map(ConfigMessages::write).orElse("");
    }

    private static String known(String what, Collection<String> names) {
        return names.isEmpty()
                ? "There are no " + what + "."
                : "The " + what + " are: " + String.join(", ", names) + ".";
    }

    private static String write(String line) {
        return " Write:\n    " + line;
    }
}
