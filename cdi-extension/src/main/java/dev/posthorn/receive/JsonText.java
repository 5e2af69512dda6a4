package dev.posthorn.receive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.regex.Pattern;

/** The text of data that is to be parsed as JSON. */
public final class JsonText {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What decoders that report nothing put in place of bytes that they can't read. */
    private static final char REPLACEMENT = '\uFFFD';

    /** JSON may have them as escapes, and UTF-8 has no bytes for them. */
    private static final Pattern LONE_SURROGATE = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    private JsonText() {}

    /** @throws UnreadableMessageException if the data is not in its charset, or is no JSON, or more than parsers read safely */
    public static String of(byte[] data, MediaType type) {
        String text = decoded(data, type.charsetOfData());
        String json = text.isEmpty() || text.charAt(0) != BYTE_ORDER_MARK ? text : text.substring(1);
        check(json);
        return json;
    }

    /** @throws UnreadableMessageException if receivers would not read it, whatever their class */
    public static void check(String json) {
        new JsonScan(json).check();
    }

    /** JSON in UTF-8, in which half a surrogate pair has no bytes: it becomes an escape. */
    public static byte[] bytes(String json) {
        String text = hasLoneSurrogate(json)
                ? LONE_SURROGATE.matcher(json).replaceAll(lone -> "\\\\u%04x"
                        .formatted((int) lone.group().charAt(0)))
                : json;
        return text.getBytes(UTF_8);
    }

    /** Looks for any surrogate first, since nearly no text has one. */
    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return LONE_SURROGATE.matcher(text).find();
            }
        }
        return false;
    }

    /** The strict decoder is slower, and needed only where the other one has put in the replacement. */
    private static String decoded(byte[] data, Charset charset) {
        if (charset == UTF_8) {
            String text = new String(data, UTF_8);
            if (text.indexOf(REPLACEMENT) < 0) {
                return text;
            }
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(data)).toString();
        } catch (CharacterCodingException | UnsupportedOperationException e) {
            throw new UnreadableMessageException(
                    "The data is not in the charset " + charset
                            + ", which is that of its content type, or of JSON if it names none. Let the sender mend that.",
                    e);
        }
    }
}
