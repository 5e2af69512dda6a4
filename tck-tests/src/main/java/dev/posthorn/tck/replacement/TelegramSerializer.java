package dev.posthorn.tck.replacement;

import dev.posthorn.spi.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes in capitals. */
@ApplicationScoped
public class TelegramSerializer implements EventSerializer {

    @Override
    public String contentType() {
        return "text/plain";
    }

    @Override
    public byte[] serialize(Object event) {
        String text = ((Telegram) event).text().toUpperCase(Locale.ROOT);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
        return type.cast(new Telegram("", new String(data, StandardCharsets.UTF_8)));
    }
}
