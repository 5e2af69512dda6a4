package dev.posthorn.receive;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no JSON is refused, and what would take a parser too long or too deep, and nothing else. */
class JsonScanTest {

    private static final int DIGITS = JsonScan.MOST_DIGITS;
    private static final int DEEPEST = JsonScan.DEEPEST;
    private static final int LONGEST = JsonScan.LONGEST_STRING_OF_DIGITS;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-1.5E+3",
                "true",
                "null",
                " {} ",
                "\"\\\"\"",
                "\"\\\\\"",
                "\"[{\"",
                "{\"a\":[1,2,{}]}",
                "1e308",
                "1.7976931348623157e308",
                "0.1e309",
                "-1e-998",
                "1e0000000000000000000000005",
                "[1e3,2]",
                "-0",
                "[0,-0.0,0e1,1E+02,10,0.10e-05]",
                "\t\r\n [ true , false , null , { \"a\" : [ ] , \"\" : { } } ] \t\r\n",
                "[[],[[]],{},{\"a\":{}}]",
                "{\"a\":1,\"a\":2}",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00eF\\uD800\"",
                "\"\u007F\u0080\u2028\uFEFF\uD83D\uDE00\""
            })
    void aDocumentIsAccepted(String text) {
        assertAccepted(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "\"",
                "\"\\\"",
                "{} {}",
                "{}x",
                "1 2",
                "1,2",
                "null null",
                "\"\"\"\"",
                "[]]",
                "{\"a\":[1,2,{}}",
                "]",
                "}",
                "[}",
                "{]",
                "{\"x\":{\"a\":1]]",
                "[{]}",
                "{\"x\":[}]",
                "1e309",
                "-1e309",
                "[2e308]",
                "1e1000",
                "1e-1000",
                "1e999999999999999999",
                "1e-999999999999999999"
            })
    void whatIsNoDocumentOrOutOfRangeIsNot(String text) {
        assertRefused("", text);
    }

    /** Each mistake where a parser may pass over it, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tru",
                "True",
                "truex",
                "tru e",
                "nul",
                "NaN",
                "Infinity",
                "undefined",
                "x",
                "'x'",
                "01",
                "-01",
                "00",
                "-",
                "+1",
                "--1",
                ".5",
                "1.",
                "1.e3",
                "1e",
                "1e+",
                "1e+-1",
                "1ee1",
                "1.1.1",
                "0x10",
                "1 2",
                ",",
                ":",
                "[,]",
                "[,1]",
                "[1,]",
                "[1,,2]",
                "[1 2]",
                "[1:2]",
                "[\"a\" \"b\"]",
                "[[]1]",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":,}",
                "{\"a\":1,}",
                "{\"a\":1,,\"b\":2}",
                "{\"a\":1 \"b\":2}",
                "{\"a\"::1}",
                "{\"a\",1}",
                "{\"a\":1:2}",
                "{:1}",
                "{a:1}",
                "{1:1}",
                "{null:1}",
                "{{}:1}",
                "{[]}",
                "\"\t\"",
                "\"\n\"",
                "\"\u0000\"",
                "\"\u001F\"",
                "\"\\x\"",
                "\"\\'\"",
                "\"\\U0000\"",
                "\"\\u000\"",
                "\"\\u00g0\"",
                "\"\\\u0000\"",
                "/* */1",
                "1 // one",
                "\u00A01",
                "\u000B1",
                "\u20281",
                "\uFEFF1",
                "\u0000",
                "\u06611"
            })
    void aMistakeIsFoundWhereverItIs(String mistake) {
        assertRefused("", mistake);
        assertRefused("is no JSON", "{\"a\":" + mistake + "}");
        assertRefused("is no JSON", "[{}," + mistake + ",{}]");
    }

    @Test
    void numbersHaveSoManyDigitsAndNoMore() {
        assertAccepted("[0." + "1".repeat(DIGITS - 2) + "]");
        assertRefused("more than 1000 digits", "[0." + "1".repeat(DIGITS - 1) + "]");
        assertAccepted("9".repeat(308));
        assertRefused("double", "9".repeat(310));
        assertRefused("more than 1000 digits", "9".repeat(1_000_000));
        assertRefused("more than 1000 digits", "{\"a\":[-" + "9".repeat(1_000_000) + "]}");
    }

    @Test
    void nestingIsSoDeepAndNoDeeper() {
        assertAccepted("[".repeat(DEEPEST) + "]".repeat(DEEPEST));
        assertAccepted("[" + "[],".repeat(10_000) + "[]]");
        assertRefused("nested", "[".repeat(DEEPEST + 1) + "]".repeat(DEEPEST + 1));
        assertRefused("nested", "{\"a\":".repeat(DEEPEST + 1));
        assertAccepted("\"" + "[".repeat(10_000) + "\"");
    }

    @Test
    void stringsOfDigitsAreBoundedToo() {
        assertAccepted("\"" + "9".repeat(LONGEST) + "\"");
        assertRefused("digits", "\"" + "9".repeat(LONGEST + 1) + "\"");
        assertRefused("digits", "{\"-1." + "9".repeat(LONGEST) + "\":0}");
        assertRefused("digits", "\"" + "\\u0039".repeat(LONGEST) + "\"");
        assertRefused("digits", "\"2026-01-01T00:00:00." + "9".repeat(LONGEST) + "Z\"");
        assertAccepted("\"" + "9".repeat(LONGEST) + "x\"");
        assertAccepted("\"" + "0f".repeat(LONGEST) + "\"");
    }

    private static void assertAccepted(String text) {
        assertDoesNotThrow(() -> new JsonScan(text).check(), text);
    }

    private static void assertRefused(String word, String text) {
        UnreadableMessageException e =
                assertThrows(UnreadableMessageException.class, () -> new JsonScan(text).check(), text);
        assertTrue(String.valueOf(e.getMessage()).contains(word), e.getMessage());
    }
}
