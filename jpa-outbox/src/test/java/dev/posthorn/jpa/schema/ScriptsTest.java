package dev.posthorn.jpa.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.posthorn.jpa.config.StoreConfig;
import dev.posthorn.jpa.dialect.SupportedDatabase;
import dev.posthorn.jpa.dialect.Tables;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {

    /**
     * Whoever has executed a script, Flyway, Liquibase or a person, has executed it for good: what is to change comes in a script of its
     * own, with the next number. Until the release of 0.1.0 nobody has, and these hashes may be renewed.
     */
    @ParameterizedTest
    @CsvSource({
        "postgresql, 1, 0aef8c15994fc677c895a951a45a35b18c0b4369ea533345bb34c16e064508fe",
        "h2, 1, baf5b08fce9952c7f679f00acfc029a956446ea467499fe323b8bb4504c221cb",
        "mariadb, 1, a4c80a6c280e5959ae48ff6405ebdf5b3e1e07a4b0bb700f5a68854e7a85e0b6",
        "mysql, 1, 358ea73aa5080a692917fc033e37590ecfb7a87f122f5ade52e8e14a33155390",
        "derby, 1, 8b067ae6a1a474d2050064bcaa016b1e127cfafa499b789e190b14e707ea602e"
    })
    void aScriptNeverChanges(String database, int version, String hash) throws Exception {
        String script = Scripts.inJar("/dev/posthorn/jpa/ddl/" + database + "/V" + version + "__posthorn.sql")
                .orElseThrow();

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
        assertEquals(hash, HexFormat.of().formatHex(digest));
    }

    @ParameterizedTest
    @EnumSource
    void eachDatabaseHasScriptsUpToTheSameVersionAndEachEntersIts(SupportedDatabase database) {
        Scripts scripts = scripts(database, Map.of());

        assertEquals(1, scripts.latest());
        for (int version = 1; version <= scripts.latest(); version++) {
            List<Step> upToIt = scripts.upTo(version);
            Step last = upToIt.get(upToIt.size() - 1);
            assertTrue(last.effect() instanceof Effect.NewVersion, last.sql());
            assertTrue(last.sql().contains("VALUES (" + version + ")"), last.sql());
        }
    }

    /** One name may be the default of another table. */
    @Test
    void namesAreReplacedAtOnce() {
        Scripts scripts = scripts(
                SupportedDatabase.POSTGRESQL,
                Map.of(
                        "posthorn.table.outbox", "posthorn_inbox",
                        "posthorn.table.inbox", "received",
                        "posthorn.table.schema", "post"));

        String sql = Validation.text(scripts.all());
        assertTrue(sql.contains("CREATE TABLE IF NOT EXISTS post.posthorn_inbox (\n"), sql);
        assertTrue(sql.contains("INDEX IF NOT EXISTS posthorn_inbox_turn ON post.posthorn_inbox (lane,"), sql);
        assertTrue(sql.contains("CREATE TABLE IF NOT EXISTS post.received (\n"), sql);
        assertTrue(sql.contains("INDEX IF NOT EXISTS received_turn ON post.received (consumer,"), sql);
        assertTrue(sql.contains("FUNCTION post.received_unfinished(text, text, bigint)"), sql);
        assertTrue(sql.contains("FROM post.received WHERE"), sql);
        assertFalse(sql.contains("posthorn_outbox"), sql);
    }

    @Test
    void aStatementOfNoKnownKindIsAMistakeOfOurs() {
        assertThrows(IllegalStateException.class, () -> Step.of(2, "TRUNCATE posthorn_outbox", tables()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON public.t USING btree (lane, key_hash, seq DESC) WHERE ((owner > 0) AND (key_hash > 0))",
                "create index CONCURRENTLY i on t (LANE,key_hash, seq desc) WHERE owner>0 AND key_hash > 0",
                "CREATE INDEX i ON t USING btree (lane, key_hash, seq DESC) WITH (fillfactor='70') WHERE ((owner > 0) AND (key_hash > 0))"
            })
    void anIndexIsTheSameHoweverItIsWritten(String sql) {
        Index index = Index.of(
                        "CREATE INDEX IF NOT EXISTS i ON t (lane, key_hash, seq DESC) WHERE owner > 0 AND key_hash > 0")
                .orElseThrow();

        assertTrue(Index.of(sql).orElseThrow().holdsTheSame(index), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (lane, key_hash, seq)",
                "CREATE UNIQUE INDEX i ON t (hashtextextended(event_key, (0)::bigint), lane) WHERE (state = ANY (ARRAY[0, 7]))",
                "CREATE INDEX i ON t (lane, hashtextextended(event_key, 0)) WHERE state IN (0, 7)",
                "CREATE INDEX i ON t (hashtextextended(event_key, 0), lane) WHERE state IN (0, 7, 8)",
                "CREATE INDEX i ON t (hashtextextended(event_key, 0), lane)",
            })
    void anIndexWithOtherContentIsAnotherOne(String sql) {
        Index index = Index.of("CREATE INDEX i ON t (hashtextextended(event_key, 0), lane) WHERE state IN (0, 7)")
                .orElseThrow();

        assertFalse(Index.of(sql).orElseThrow().holdsTheSame(index), sql);
        assertTrue(Index.of("CREATE INDEX i ON s.t USING btree (hashtextextended(event_key, (0)::bigint), lane)"
                        + " WHERE (state = ANY (ARRAY[0, 7]))")
                .orElseThrow()
                .holdsTheSame(index));
    }

    private static Tables tables() {
        return StoreConfig.read(key -> Optional.empty()).tables();
    }

    private static Scripts scripts(SupportedDatabase database, Map<String, String> config) {
        return Scripts.of(
                database.dialect(),
                StoreConfig.read(key -> Optional.ofNullable(config.get(key))).tables(),
                Scripts::inJar);
    }
}
