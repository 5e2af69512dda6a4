package dev.posthorn.tck.once;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds up the first one who comes by, on whichever node that is; those who come later pass. All of it is files in a directory that the
 * nodes and their test share: so it outlives every node, and says which one holds somebody.
 */
public final class Turnstiles {

    public static final String DIRECTORY = "tck.turnstiles";
    public static final String NODE = "tck.node";

    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Path directory;
    private final String node;

    /** Those of a node, which knows its place from system properties. */
    Turnstiles() {
        this(Path.of(System.getProperty(DIRECTORY)), System.getProperty(NODE));
    }

    /** Those that a test puts up. */
    public Turnstiles(Path directory) {
        this(directory, "");
    }

    private Turnstiles(Path directory, String node) {
        this.directory = directory;
        this.node = node;
    }

    void pass(String who, String step) {
        Path held = held(who, step);
        if (take(closed(who, step), held)) {
            while (Files.exists(held)) {
                LockSupport.parkNanos(GLANCE.toNanos());
            }
        }
    }

    void failAsTold(String who, String what) {
        if (Files.exists(broken(who, what)) || take(failing(who, what), file(who, what, "failed"))) {
            throw new IllegalStateException(what + " fails, as told");
        }
    }

    /** Adds a line to what is known of somebody. */
    public void note(String who, String line) {
        try {
            Files.writeString(notes(who), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> notes(String who, String line) {
        try {
            return Files.readAllLines(notes(who)).stream().filter(line::equals).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next one who comes to this step stays there. */
    public void close(String who, String step) {
        write(closed(who, step), "");
    }

    /** The next one who does this fails. */
    public void fail(String who, String what) {
        write(failing(who, what), "");
    }

    /** Whoever does this fails, until it is mended. */
    public void makeImpossible(String who, String what) {
        write(broken(who, what), "");
    }

    public void mend(String who, String what) {
        remove(broken(who, what));
    }

    /** The node where somebody is held at this step, or was when it died; empty if nobody is. */
    public String holder(String who, String step) {
        try {
            return Files.readString(held(who, step));
        } catch (IOException e) {
            return "";
        }
    }

    public void letGo(String who, String step) {
        remove(held(who, step));
    }

    /** Only one of those who try it at the same time succeeds. */
    private boolean take(Path from, Path to) {
        if (!Files.exists(from)) {
            return false;
        }
        try {
            Files.delete(from);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(to, node);
        return true;
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path closed(String who, String step) {
        return file(who, step, "closed");
    }

    private Path held(String who, String step) {
        return file(who, step, "held");
    }

    private Path failing(String who, String what) {
        return file(who, what, "failing");
    }

    private Path broken(String who, String what) {
        return file(who, what, "broken");
    }

    private Path notes(String who) {
        return file(who, "", "notes");
    }

    private Path file(String who, String what, String kind) {
        return directory.resolve((who + " " + what + "." + kind).replace(' ', '-'));
    }
}
