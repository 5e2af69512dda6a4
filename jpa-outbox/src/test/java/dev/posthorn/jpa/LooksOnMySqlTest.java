package dev.posthorn.jpa;

import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.posthorn.jpa.MySqlServer#isThere")
class LooksOnMySqlTest extends LooksContract {

    LooksOnMySqlTest() {
        super(TestDatabase.MYSQL);
    }
}
