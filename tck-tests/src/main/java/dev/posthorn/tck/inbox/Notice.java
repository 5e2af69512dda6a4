package dev.posthorn.tck.inbox;

import dev.posthorn.IntegrationEvent;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;

/** Its data says which of its subclasses it is. */
@IntegrationEvent
@JsonbTypeInfo(
        key = "@kind",
        value = {
            @JsonbSubtype(alias = "dunning", type = Notice.Dunning.class),
            @JsonbSubtype(alias = "thanks", type = Notice.Thanks.class)
        })
public abstract class Notice {

    public String order;
    public String text;

    /** Asks for money. */
    public static class Dunning extends Notice {}

    /** Has got some. */
    public static class Thanks extends Notice {}
}
