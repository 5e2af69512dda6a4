package dev.posthorn.tck.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A record as the broker has it. */
public record BrokerRecord(
        int partition, long offset, Optional<byte[]> keyBytes, Optional<byte[]> payloadBytes, List<Header> headers) {

    private static final String ABSENT = "-";

    /** A header; Kafka allows a name more than once. Nobody compares headers, so that the array does no harm. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Header(String name, byte[] value) {

        public String text() {
            return new String(value, StandardCharsets.UTF_8);
        }
    }

    /** A record to be sent. */
    public static BrokerRecord of(String key, String payload, Map<String, String> headers) {
        return new BrokerRecord(
                0,
                0,
                Optional.of(key.getBytes(StandardCharsets.UTF_8)),
                Optional.of(payload.getBytes(StandardCharsets.UTF_8)),
                headers.entrySet().stream()
                        .map(header ->
                                new Header(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                        .toList());
    }

    public String key() {
        return keyBytes.map(BrokerRecord::utf8).orElse(null);
    }

    public String payload() {
        return payloadBytes.map(BrokerRecord::utf8).orElse(null);
    }

    /** The text of the last header of that name, or null. */
    public String header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::text)
                .reduce((first, last) -> last)
                .orElse(null);
    }

    /** One line without white space but single blanks between its parts. */
    public String encode() {
        String encodedHeaders = headers.stream()
                .map(header -> base64(header.name().getBytes(StandardCharsets.UTF_8)) + ":" + base64(header.value()))
                .collect(Collectors.joining(","));
        return String.join(
                " ",
                Integer.toString(partition),
                Long.toString(offset),
                keyBytes.map(BrokerRecord::base64).orElse(ABSENT),
                payloadBytes.map(BrokerRecord::base64).orElse(ABSENT),
                encodedHeaders);
    }

    public static BrokerRecord decode(String line) {
        String[] parts = line.split(" ", -1);
        List<Header> headers = Arrays.stream(parts[4].split(","))
                .filter(header -> !header.isEmpty())
                .map(BrokerRecord::decodeHeader)
                .toList();
        return new BrokerRecord(
                Integer.parseInt(parts[0]), Long.parseLong(parts[1]), bytes(parts[2]), bytes(parts[3]), headers);
    }

    private static Header decodeHeader(String header) {
        String[] parts = header.split(":", -1);
        return new Header(
                utf8(Base64.getDecoder().decode(parts[0])), Base64.getDecoder().decode(parts[1]));
    }

    private static Optional<byte[]> bytes(String part) {
        return part.equals(ABSENT)
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(part));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "%d/%d %s=%s %s".formatted(partition, offset, key(), payload(), headerTexts());
    }

    private String headerTexts() {
        return headers.stream()
                .map(header -> header.name() + "=" + header.text())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
