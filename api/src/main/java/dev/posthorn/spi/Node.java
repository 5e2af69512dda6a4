package dev.posthorn.spi;

import dev.posthorn.log.Printable;

/**
 * One running instance of an application, the owner of rows.
 *
 * @param id unique for each start; a node that was declared dead goes on under a new one
 * @param application rows belong to an application, and only its nodes send them
 */
public record Node(String id, String application) {

    /** The id under which no node ever lives: it owns what a node gave up, so that any other may take it over. */
    public static final String NOBODY = "nobody";

    @Override
    public String toString() {
        return Printable.record(this);
    }
}
