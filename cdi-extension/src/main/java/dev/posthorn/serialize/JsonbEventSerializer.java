package dev.posthorn.serialize;

import dev.posthorn.spi.EventSerializer;
import dev.posthorn.spi.Supplied;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** JSON, as Jakarta JSON Binding writes it without any configuration. */
@Supplied
@ApplicationScoped
public class JsonbEventSerializer implements EventSerializer {

    private final Jsonb jsonb = JsonbBuilder.create();

    /** Lets go of what it has cached of the application's classes. Payara deploys no bean whose end throws checked exceptions. */
    @PreDestroy
    void close() {
        try {
            jsonb.close();
        } catch (Exception e) {
            throw new JsonbException("JSON Binding could not be closed.", e);
        }
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] serialize(Object event) {
        return jsonb.toJson(event).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public <T> T deserialize(byte[] data, @Nullable String contentType, Class<T> type) {
        T event = jsonb.fromJson(new String(data, StandardCharsets.UTF_8), type);
        if (event == null) {
            throw new JsonbException("The data is null, which is no " + type.getName() + ".");
        }
        return event;
    }
}
