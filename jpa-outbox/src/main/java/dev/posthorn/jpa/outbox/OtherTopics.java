package dev.posthorn.jpa.outbox;

import dev.posthorn.jpa.dialect.Dialect;
import dev.posthorn.jpa.statement.Sql;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The condition that a row's topic is none of some topics. Where the database takes an array, the topics are one parameter, however many
 * there are. Elsewhere the statement lists the first {@value #MAX_LIST}, filled up to a power of two by repeating the last, since providers
 * and databases take long over many parameters: the reader drops the rows of the rest itself.
 */
final class OtherTopics {

    static final int MAX_LIST = 128;

    private final Dialect dialect;
    private final int position;
    private final Optional<String> array;

    /**
     * @param position the position of its first parameter; the statement has no others from there on
     */
    OtherTopics(Dialect dialect, int position) {
        this.dialect = dialect;
        this.position = position;
        this.array = dialect.notAmongTexts("topic", position);
    }

    String condition(Set<String> topics) {
        return array.orElseGet(() -> IntStream.range(position, position + listed(topics))
                .mapToObj(dialect::text)
                .collect(Collectors.joining(", ", column() + " NOT IN (", ")")));
    }

    Sql bind(Sql query, Set<String> topics) {
        if (array.isPresent()) {
            return query.set(position, dialect.texts(topics));
        }
        Iterator<String> rest = topics.iterator();
        String topic = "";
        for (int i = 0; i < listed(topics); i++) {
            topic = rest.hasNext() ? rest.next() : topic;
            query.set(position + i, topic + dialect.endMark());
        }
        return query;
    }

    private String column() {
        return dialect.endMark().isEmpty() ? "topic" : "topic || '" + dialect.endMark() + "'";
    }

    private static int listed(Set<String> topics) {
        return topics.size() >= MAX_LIST ? MAX_LIST : Integer.highestOneBit(2 * topics.size() - 1);
    }
}
