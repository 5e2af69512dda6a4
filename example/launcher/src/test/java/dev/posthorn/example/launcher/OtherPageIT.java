package dev.posthorn.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another web page gets from the demo, in a real browser: nothing but a link that leads there. */
class OtherPageIT {

    private static Browser browser;
    private static RunningDemo demo;
    private static HttpServer other;

    @BeforeAll
    static void start() throws IOException {
        Optional<Browser> found = Browser.find(Path.of("none"));
        assumeTrue(found.isPresent(), "Not tested: neither Chromium nor Chrome is here with a chromedriver");
        browser = found.get();
        demo = SharedDemo.get();
        other = HttpServer.create(Ports.address(0), 0);
        other.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().add("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, -1);
            }
        });
        other.start();
    }

    @AfterAll
    static void stop() {
        if (other != null) {
            other.stop(0);
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** The first is another port of the same site, the second another site. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void changesAndReadsNothing(String host) {
        openOther(host);

        Object read = browser.runAsync(
                """
                const done = arguments[0];
                const read = [];

                async function ask(path, options) {
                  try {
                    const text = await (await fetch("DEMO" + path, options)).text();
                    if (text !== "") {
                      read.push(text);
                    }
                  } catch {
                    // refused
                  }
                }

                function load(path) {
                  return new Promise((end) => {
                    const script = document.createElement("script");
                    script.addEventListener("load", () => end(read.push(path)));
                    script.addEventListener("error", end);
                    script.src = "DEMO" + path;
                    document.body.append(script);
                  });
                }

                function submit(path) {
                  return new Promise((end) => {
                    document.body.innerHTML = `<iframe name="frame"></iframe>
                      <form method="post" target="frame" action="DEMO${path}"></form>`;
                    document.querySelector("iframe").addEventListener("load", end);
                    document.querySelector("form").submit();
                  });
                }

                (async () => {
                  await ask("/orders");
                  await ask("/orders", { mode: "no-cors" });
                  await ask("/broker/stop", { method: "POST" });
                  await ask("/broker/stop", { method: "POST", mode: "no-cors" });
                  await load("/page.js");
                  await submit("/broker/stop");
                  done(read);
                })();
                """
                        .replace("DEMO", "http://127.0.0.1:" + demo.port()));

        assertEquals(List.of(), read);
        assertEquals("RUNNING", demo.get("/broker").get("state").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/orders", "/health"})
    void readsNothingAfterItsNameHasComeToMeanThisComputer(String path) {
        browser.open("http://evil.example:" + demo.port() + path);
        browser.awaitText("body", "The demo answers to the host names 127.0.0.1 and localhost only");

        browser.open("http://evil.example:" + demo.shipping("/").getPort() + path);
        browser.awaitText("body", "Shipping answers to the host names 127.0.0.1 and localhost only");
    }

    @Test
    void mayLinkToThePage() {
        openOther("localhost");
        browser.run("document.body.innerHTML = '<a href=\"" + demo.uri("/") + "\">The demo</a>'");

        browser.element("a").click();

        browser.awaitText("#broker-state", "Running");
    }

    private static void openOther(String host) {
        browser.open("http://" + host + ":" + other.getAddress().getPort());
    }
}
