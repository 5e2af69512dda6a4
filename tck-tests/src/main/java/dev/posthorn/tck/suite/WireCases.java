package dev.posthorn.tck.suite;

import static dev.posthorn.tck.suite.WireCase.Fate.DEAD;
import static dev.posthorn.tck.suite.WireCase.Fate.LEFT;
import static dev.posthorn.tck.suite.WireCase.Fate.UNKNOWN;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What others send: well, oddly and badly. */
final class WireCases {

    private static final String DATA = "{\"order\":\"$order\",\"text\":\"a\"%s}";
    private static final String READ = "specimen a 0 0 0.0 null null at null";
    private static final String ATTRIBUTES =
            "\"specversion\":\"1.0\",\"type\":\"Specimen\",\"source\":\"/wire\",\"id\":\"$order\"";

    private final List<WireCase> cases = new ArrayList<>();

    private WireCases() {}

    static List<WireCase> all() {
        WireCases all = new WireCases();
        all.attributes();
        all.times();
        all.contentTypes();
        all.numbers();
        all.documents();
        all.structured();
        all.withoutData();
        return all.cases;
    }

    /** Valid events whose data somebody has damaged: each is read as it was sent, or not at all. */
    static List<WireCase> random(Random random, int count) {
        List<WireCase> cases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = random.nextInt();
            long large = random.nextLong();
            String data = more(",\"count\":" + number + ",\"amount\":" + large);
            boolean isCut = random.nextBoolean();
            int at = data.indexOf(",\"count") + random.nextInt(data.length() - data.indexOf(",\"count"));
            String damaged = isCut ? data.substring(0, at) : data + "}]{\"x1,".charAt(random.nextInt(7));
            boolean isWhole = random.nextInt(3) == 0;
            cases.add(
                    isWhole
                            ? specimen("random " + i, data)
                                    .does("specimen a " + number + " " + large + " 0.0 null null at null")
                            : specimen("random " + i + " " + damaged, damaged).is(DEAD));
        }
        return cases;
    }

    private void attributes() {
        for (String absent : List.of("ce_id", "ce_source", "ce_type", "ce_specversion")) {
            add(specimen("without " + absent).without(absent)).is(UNKNOWN);
            add(specimen("empty " + absent).header(absent, "")).is(UNKNOWN);
        }
        for (String version : List.of("0.3", "2.0", "1", "x")) {
            add(specimen("version " + version).header("ce_specversion", version))
                    .is(UNKNOWN);
        }
        add(specimen("version 1.1").header("ce_specversion", "1.1")).does(READ);
        for (String id : List.of("a b", "äöü €😀", "' OR 1=1 --", "${jndi:x}", "%00%0a", "<id>", "x".repeat(2000))) {
            add(specimen("id " + id).header("ce_id", "$order" + id)).does(READ);
        }
        for (String source : List.of("urn:x:1", "https://example.com/a?b=c#d", "a b", "ä", "x".repeat(2000))) {
            add(specimen("source " + source).header("ce_source", source)).does(READ);
        }
        add(specimen("the last id counts").header("ce_id", "").again("ce_id", "$order"))
                .does(READ);
        add(specimen("upper case").without("ce_id").header("CE_ID", "$order")).does(READ);
        add(specimen("extensions")
                        .header("ce_traceparent", "00-x")
                        .header("ce_", "x")
                        .header("x", ""))
                .does(READ);
        add(specimen("large header").header("x", "x".repeat(8000))).does(READ);
        add(specimen("header that is no text").header("x", new byte[] {0, -1, -2}))
                .does(READ);
        WireCase many = add(specimen("many headers")).does(READ);
        for (int i = 0; i < 100; i++) {
            many.header("header-" + i, "value");
        }
        add(specimen("no such type").header("ce_type", "NoSuchType")).is(LEFT);
        add(specimen("the type in another case").header("ce_type", "specimen")).is(LEFT);
        add(WireCase.bare("no attributes").data(more(""))).is(UNKNOWN);
        add(WireCase.bare("nothing").tombstone()).is(UNKNOWN);
    }

    private void times() {
        Map.of(
                        "2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z",
                        "2026-01-02T03:04:05.12345678901234567890Z", "2026-01-02T03:04:05.123456789Z",
                        "2026-01-02T03:04:05+23:59", "2026-01-01T03:05:05Z",
                        "2026-01-02t03:04:05z", "2026-01-02T03:04:05Z")
                .forEach((time, read) -> add(specimen("time " + time).header("ce_time", time))
                        .does(READ.replace("at null", "at " + read)));
        for (String none :
                List.of("", "yesterday", "2026-02-30T00:00:00Z", "2026-01-02", "+999999999-12-31T23:59:59Z")) {
            add(specimen("time " + none).header("ce_time", none)).does(READ);
        }
    }

    private void contentTypes() {
        for (String json : List.of("application/json", "APPLICATION/JSON;charset=UTF-8", "text/json", "a/b+json", "")) {
            add(specimen("content type " + json).header("content-type", json)).does(READ);
        }
        for (String other :
                List.of("application/xml", "text/plain", "application/octet-stream", "image/png", "json", ";")) {
            add(specimen("content type " + other).header("content-type", other)).is(DEAD);
        }
        String umlaut = "{\"order\":\"$order\",\"text\":\"ä\"}";
        add(specimen("latin-1 that says so")
                        .header("content-type", "application/json; charset=ISO-8859-1")
                        .data(umlaut, StandardCharsets.ISO_8859_1))
                .does(READ.replace("specimen a", "specimen ä"));
        add(specimen("latin-1 that doesn't say so").data(umlaut, StandardCharsets.ISO_8859_1))
                .is(DEAD);
        add(specimen("no such charset").header("content-type", "application/json;charset=x-none"))
                .is(DEAD);
        add(specimen("a batch").header("content-type", "application/cloudevents-batch+json"))
                .is(UNKNOWN);
    }

    private void numbers() {
        Map.of(
                        "\"count\":2147483647", "2147483647 0 0.0",
                        "\"count\":-2147483648", "-2147483648 0 0.0",
                        "\"count\":1.0", "1 0 0.0",
                        "\"count\":1e3", "1000 0 0.0",
                        "\"amount\":9223372036854775807", "0 9223372036854775807 0.0",
                        "\"ratio\":1.7976931348623157e308", "0 0 1.7976931348623157E308",
                        "\"ratio\":1e-400", "0 0 0.0")
                .forEach((number, read) ->
                        add(specimen(number, more("," + number))).does("specimen a " + read + " null null at null"));
        add(specimen("price", more(",\"price\":12.50,\"parts\":[1,2]")))
                .does("specimen a 0 0 0.0 12.50 [1, 2] at null");
        for (String wrong : List.of(
                "\"count\":2147483648",
                "\"count\":4294967297",
                "\"count\":1.9",
                "\"count\":1e10",
                "\"count\":true",
                "\"count\":{}",
                "\"count\":[]",
                "\"count\":\"x\"",
                "\"count\":01",
                "\"count\":+1",
                "\"count\":0x1",
                "\"count\":NaN",
                "\"amount\":9223372036854775808",
                "\"amount\":0.5",
                "\"ratio\":1e400",
                "\"ratio\":-Infinity",
                "\"parts\":[4294967297]",
                "\"parts\":[1.5]",
                "\"parts\":{}",
                "\"price\":1" + "0".repeat(2000),
                "\"price\":1e1000000000",
                "\"price\":\"" + "9".repeat(20_001) + "\"")) {
            add(specimen(shortened(wrong), more("," + wrong))).is(DEAD);
        }
    }

    private void documents() {
        for (String good : List.of(
                more(",\"unknown\":{\"a\":[1,null,true]}"),
                " \t\r\n" + more("") + "\n ",
                "\uFEFF" + more(""),
                more(",\"count\":0"),
                more(",\"price\":null"),
                more(",\"x\":" + "[".repeat(400) + "]".repeat(400)),
                "{\"order\":\"$order\",\"text\":\"b\",\"text\":\"\\u0061\"}")) {
            add(specimen(shortened(good), good)).does(READ);
        }
        for (String bad : List.of(
                "{not json",
                more(",\"unknown\":{\"a\":tru,,}"),
                more(",\"unknown\":01"),
                "{",
                "}",
                "[]",
                "[" + more("") + "]",
                "1",
                "\"text\"",
                "true",
                "<xml/>",
                "\u0000",
                " ",
                more("") + more(""),
                more("") + "x",
                more("").substring(0, 10),
                more(",'a':1"),
                more(",\"a\":1,"),
                more("//x"),
                more(",\"x\":" + "[".repeat(600) + "]".repeat(600)),
                "{\"order\":{},\"text\":\"a\"}")) {
            add(specimen("data " + shortened(bad), bad)).is(DEAD);
        }
    }

    private void structured() {
        String base64 = Base64.getEncoder()
                .encodeToString("{\"order\":\"none\",\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        for (String good : List.of(
                "{" + ATTRIBUTES + ",\"data\":" + more("") + "}",
                "{\"data\":" + more("") + "," + ATTRIBUTES + "}",
                " {" + ATTRIBUTES + ",\"time\":null,\"subject\":null,\"n\":1,\"b\":true,\"data\":" + more("") + "} ",
                "{" + ATTRIBUTES + ",\"time\":\"yesterday\",\"data\":" + more("") + "}",
                "{" + ATTRIBUTES + ",\"datacontenttype\":\"a/b+json\",\"data\":" + more("") + "}",
                "{" + ATTRIBUTES + ",\"datacontenttype\":\"application/json;charset=utf-16\",\"data\":" + more("")
                        + "}")) {
            add(WireCase.structured(good, good)).does(READ);
        }
        for (String bad : List.of(
                "{" + ATTRIBUTES + "}",
                "{" + ATTRIBUTES + ",\"data\":null}",
                "{" + ATTRIBUTES + ",\"data\":\"text\"}",
                "{" + ATTRIBUTES + ",\"data\":[" + more("") + "]}",
                "{" + ATTRIBUTES + ",\"datacontenttype\":\"text/xml\",\"data\":\"<a/>\"}",
                "{" + ATTRIBUTES + ",\"datacontenttype\":\"image/png\",\"data_base64\":\"" + base64 + "\"}",
                "{" + ATTRIBUTES + ",\"data\":" + more(",\"count\":4294967297") + "}")) {
            add(WireCase.structured(bad, bad)).is(DEAD);
        }
        for (String unknown : List.of(
                "",
                "{",
                "[]",
                "[{" + ATTRIBUTES + "}]",
                "{}",
                "null",
                "{" + ATTRIBUTES.replace("\"$order\"", "null") + ",\"data\":" + more("") + "}",
                "{" + ATTRIBUTES.replace("\"$order\"", "{}") + ",\"data\":" + more("") + "}",
                "{" + ATTRIBUTES.replace("1.0", "0.3") + ",\"data\":" + more("") + "}",
                "{" + ATTRIBUTES + ",\"data\":" + more("") + "}{}",
                "{" + ATTRIBUTES + ",\"data\":" + more("") + "",
                "{" + ATTRIBUTES + ",\"data\":1e1000}",
                "{" + ATTRIBUTES + ",\"data\":" + "[".repeat(600) + "]".repeat(600) + "}",
                "{" + ATTRIBUTES + ",\"data_base64\":\"?\"}")) {
            add(WireCase.structured("document " + shortened(unknown), unknown)).is(UNKNOWN);
        }
    }

    private void withoutData() {
        add(WireCase.binary("bell, empty", "Bell")).does("bell");
        add(WireCase.binary("bell, tombstone", "Bell").tombstone()).does("bell");
        add(WireCase.binary("bell, null", "Bell").data("null")).does("bell");
        add(WireCase.binary("bell, object", "Bell").data("{\"x\":1}")).does("bell");
        add(WireCase.binary("bell, empty xml", "Bell").header("content-type", "text/xml"))
                .does("bell");
        add(WireCase.structured("bell, structured", "{" + ATTRIBUTES.replace("Specimen", "Bell") + "}"))
                .does("bell");
        add(specimen("no data", "")).is(DEAD);
        add(specimen("tombstone").tombstone()).is(DEAD);
        add(specimen("null", "null")).is(DEAD);
    }

    private WireCase add(WireCase wireCase) {
        cases.add(wireCase);
        return wireCase;
    }

    private static WireCase specimen(String name) {
        return specimen(name, more(""));
    }

    private static WireCase specimen(String name, String data) {
        return WireCase.binary(name, "Specimen").data(data);
    }

    private static String more(String properties) {
        return DATA.formatted(properties);
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
