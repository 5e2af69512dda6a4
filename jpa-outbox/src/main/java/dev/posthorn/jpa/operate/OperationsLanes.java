package dev.posthorn.jpa.operate;

import dev.posthorn.jpa.statement.Lanes;
import dev.posthorn.jpa.statement.Numbers;
import dev.posthorn.jpa.statement.StorableText;
import dev.posthorn.operator.EventFilter;
import jakarta.persistence.EntityManager;
import java.util.List;

/** The lanes in which events are that meet a filter. */
record OperationsLanes(Lanes lanes) {

    List<Long> of(EntityManager em, String application, EventFilter filter) {
        String channel = filter.channel();
        if (channel == null) {
            return lanes.of(em, application);
        }
        // No row has what can't be stored.
        return StorableText.isStorable(channel) ? List.of(Numbers.lane(application, channel)) : List.of();
    }
}
