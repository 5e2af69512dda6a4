package dev.posthorn.benchmarks.run;

import java.util.regex.Pattern;

/** Where the events of a variant wait, and how to look at it from outside. */
enum Outbox {
    NONE("(SELECT 1 LIMIT 0) nothing", "(SELECT 1 LIMIT 0) nothing", "(?!)", ""),
    /** Its INSERTs into other tables are not the business transaction's. */
    POSTHORN(
            "(SELECT FROM posthorn_outbox UNION ALL SELECT FROM posthorn_settled) events",
            "posthorn_outbox",
            "(select set_config\\b|(?!insert into posthorn_outbox\\b).*\\bposthorn_\\w+)",
            ""),
    DIRECT("outbox", "outbox", "(?!insert\\b).*\\boutbox\\b", ""),
    POLLER("outbox_of_poller", "outbox_of_poller", "(?!insert\\b).*\\boutbox_of_poller\\b", ""),
    DIRECT_EMITTER(
            "outbox_of_direct_emitter",
            "outbox_of_direct_emitter",
            "(?!insert\\b).*\\boutbox_of_direct_emitter\\b",
            ""),
    POLLER_EMITTER(
            "outbox_of_poller_emitter",
            "outbox_of_poller_emitter",
            "(?!insert\\b).*\\boutbox_of_poller_emitter\\b",
            ""),
    /** What a failed attempt leaves behind would be due after minutes only. */
    GRUELBOX(
            "txno_outbox",
            "txno_outbox",
            "(?!insert\\b).*\\btxno_outbox\\b",
            "UPDATE txno_outbox SET nextattempttime = nextattempttime - interval '1 day'"),
    MODULITH(
            "event_publication",
            "event_publication WHERE completion_date IS NULL",
            "(?!insert\\b).*\\bevent_publication\\b",
            "UPDATE event_publication SET status = 'FAILED'"),
    NAMASTACK(
            "outbox_record",
            "outbox_record WHERE status = 'NEW'",
            "(?!insert\\b|update outbox_record\\b).*\\boutbox_\\w+",
            ""),
    /** Each row is deleted in its own transaction: what is relayed is the log. */
    DEBEZIUM("outbox", "outbox", "(?!)", "");

    private static final String COUNT = "SELECT count(*) FROM ";

    private final String rows;
    private final String unsettled;
    private final Pattern beside;
    private final String makeDue;

    Outbox(String rows, String unsettled, String beside, String makeDue) {
        this.rows = rows;
        this.unsettled = unsettled;
        this.beside = Pattern.compile("(?is)" + beside + ".*");
        this.makeDue = makeDue;
    }

    /** Counts the rows whose delivery is not noted yet. */
    String unsettled() {
        return COUNT + unsettled;
    }

    /** Counts the rows that are there. */
    String rows() {
        return COUNT + rows;
    }

    /** Whether a statement is the relay's, and not the business transaction's. */
    boolean isBeside(String sql) {
        return beside.matcher(sql).matches();
    }

    /** Lets a backlog be sent at once, as if the time for it had come; empty if it needs none. */
    String makeDue() {
        return makeDue;
    }
}
