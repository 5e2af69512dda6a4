package dev.posthorn.messaging;

import java.net.URI;
import java.security.CodeSource;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

/** Which editions of other people's classes this module has been compiled against, and which it runs with. */
final class Libraries {

    /** The SmallRye Reactive Messaging that the build compiles against. */
    static final String SMALLRYE = "4.33.0";

    private Libraries() {}

    /** The files that the classes of Reactive Messaging and of its connectors come from: their names tell the versions. */
    static String found() {
        return Stream.concat(Stream.of(Message.class), Visible.ofConnectors().stream())
                .map(Libraries::file)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static @Nullable String file(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        String[] path = URI.create(source.getLocation().toExternalForm().replace(' ', '+'))
                .getSchemeSpecificPart()
                .split("[/!]+");
        return path.length == 0 ? null : path[path.length - 1];
    }
}
