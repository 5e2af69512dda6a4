package dev.posthorn.tck.control;

/** Breaks the database, if it is a server. Each call returns when it is done. */
public final class DatabaseControl {

    private final ControlClient client = new ControlClient();

    public void start() {
        client.post("/database/start");
    }

    public void stop() {
        client.post("/database/stop");
    }

    public void kill() {
        client.post("/database/kill");
    }

    public void freeze() {
        client.post("/database/freeze");
    }

    public void thaw() {
        client.post("/database/thaw");
    }
}
