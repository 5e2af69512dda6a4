package dev.posthorn.tck.suite;

import dev.posthorn.tck.control.BrokerRecord;
import dev.posthorn.tck.control.BrokerRecord.Header;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A record that somebody sends, and what is to become of it. All of it but the order, which tells it from others, is the case's. */
final class WireCase {

    /** What becomes of a record. */
    enum Fate {
        HANDLED,
        /** Kept dead under its own source and id. */
        DEAD,
        /** Kept dead under its place, since not even its type and id can be read. */
        UNKNOWN,
        /** Acknowledged, since nobody handles its type. */
        LEFT
    }

    static final String ORDER = "$order";

    private final String name;
    private final List<Header> headers = new ArrayList<>();
    private byte[] data = {};
    private boolean isTombstone;
    private String expected = "";
    private Fate fate = Fate.HANDLED;

    private WireCase(String name) {
        this.name = name;
    }

    /** An event whose attributes are headers; more may follow, and the last of a name counts. */
    static WireCase binary(String name, String type) {
        return new WireCase(name)
                .header("ce_specversion", "1.0")
                .header("ce_type", type)
                .header("ce_source", "/wire")
                .header("ce_id", ORDER);
    }

    /** A record that has no attributes. */
    static WireCase bare(String name) {
        return new WireCase(name);
    }

    static WireCase structured(String name, String document) {
        return new WireCase(name)
                .header("content-type", "application/cloudevents+json; charset=UTF-8")
                .data(document);
    }

    WireCase header(String header, String value) {
        return header(header, value.getBytes(StandardCharsets.UTF_8));
    }

    WireCase header(String header, byte[] value) {
        headers.removeIf(other -> other.name().equals(header));
        headers.add(new Header(header, value));
        return this;
    }

    /** One more of the same name. */
    WireCase again(String header, String value) {
        headers.add(new Header(header, value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    WireCase without(String header) {
        headers.removeIf(other -> other.name().equals(header));
        return this;
    }

    WireCase data(String text) {
        return data(text, StandardCharsets.UTF_8);
    }

    WireCase data(String text, Charset charset) {
        data = text.getBytes(charset);
        return this;
    }

    WireCase tombstone() {
        isTombstone = true;
        return this;
    }

    /** It is handled, and leaves this work. */
    WireCase does(String work) {
        expected = work;
        return this;
    }

    WireCase is(Fate becomes) {
        fate = becomes;
        return this;
    }

    Fate fate() {
        return fate;
    }

    String work() {
        return expected;
    }

    BrokerRecord record(String order) {
        byte[] text = new String(data, StandardCharsets.ISO_8859_1)
                .replace(ORDER, order)
                .getBytes(StandardCharsets.ISO_8859_1);
        return new BrokerRecord(
                0,
                0,
                Optional.of(order.getBytes(StandardCharsets.UTF_8)),
                isTombstone ? Optional.empty() : Optional.of(text),
                headers.stream().map(header -> named(header, order)).toList());
    }

    private static Header named(Header header, String order) {
        String value = new String(header.value(), StandardCharsets.ISO_8859_1).replace(ORDER, order);
        return new Header(header.name(), value.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public String toString() {
        return name;
    }
}
