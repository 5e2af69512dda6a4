package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.load.LoadRequest;
import dev.posthorn.benchmarks.load.LoadResult;
import dev.posthorn.tck.fixture.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A process that makes loads. */
public final class LoadServer implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ChildProcess process;
    private final URI url;

    private LoadServer(ChildProcess process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Waits until its log says that the start is over, and looks whether it also says that the application is there. */
    static LoadServer awaitReady(ChildProcess process, URI url, String over, String deployed) {
        Awaitility.await(over)
                .atMost(Duration.ofMinutes(4))
                .failFast(process::requireAlive)
                .until(() -> process.log().contains(over));
        if (!process.log().contains(deployed)) {
            throw new IllegalStateException("The server has not deployed the application:\n" + process.logTail());
        }
        return new LoadServer(process, url);
    }

    /** Returns when all transactions have ended. */
    public LoadResult load(LoadRequest request) throws IOException, InterruptedException {
        try (InputStream body = post("load?" + request.query())) {
            return LoadResult.read(body);
        }
    }

    /** Returns when a variant's relay has started, or is about to stop. */
    public void relay(String variant, boolean on) throws IOException, InterruptedException {
        post("relay?variant=%s&on=%b".formatted(variant, on)).close();
    }

    /** How many bytes its threads have allocated up to now; those that ended since it was last asked are missing. */
    public long allocated() throws IOException, InterruptedException {
        try (InputStream body = post("allocation")) {
            return Long.parseLong(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private InputStream post(String path) throws IOException, InterruptedException {
        HttpRequest post = HttpRequest.newBuilder(url.resolve(path))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<InputStream> answer = CLIENT.send(post, HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        return answer.body();
    }

    /** How many events of a channel were handled, when it is at least so many or a few minutes have passed. */
    public long handled(String channel, long atLeast) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long handled = askHandled(channel, atLeast);
        while (handled < atLeast && System.nanoTime() < deadline) {
            handled = askHandled(channel, atLeast);
        }
        return handled;
    }

    private long askHandled(String channel, long atLeast) throws IOException, InterruptedException {
        HttpRequest get = HttpRequest.newBuilder(
                        url.resolve("handled?channel=%s&atLeast=%d".formatted(channel, atLeast)))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpResponse<String> answer = CLIENT.send(get, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return Long.parseLong(answer.body());
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.stop();
    }
}
