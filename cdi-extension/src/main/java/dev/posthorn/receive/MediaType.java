package dev.posthorn.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a content type says of data.
 *
 * @param name type and subtype in lower case, such as {@code application/json}
 * @param charset the parameter of that name, if it is there
 */
public record MediaType(String name, @Nullable String charset) {

    private static final String CHARSET = "charset=";

    public static MediaType of(String contentType) {
        String[] parts = contentType.split(";");
        String charset = null;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip();
            if (parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())) {
                charset = unquoted(parameter.substring(CHARSET.length()).strip());
            }
        }
        return new MediaType(parts.length == 0 ? "" : parts[0].strip().toLowerCase(Locale.ROOT), charset);
    }

    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }

    public boolean isJson() {
        return name.endsWith("/json") || name.endsWith("+json");
    }

    /**
     * The character set of the data; UTF-8 if it doesn't say.
     *
     * @throws UnreadableMessageException if there is none of that name
     */
    Charset charsetOfData() {
        if (charset == null) {
            return UTF_8;
        }
        try {
            return Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessageException(
                    "The content type names the charset " + charset
                            + ", which this Java platform doesn't know. Let the sender use UTF-8.",
                    e);
        }
    }
}
