package dev.posthorn.jpa;

class LooksOnMariaDbTest extends LooksContract {

    LooksOnMariaDbTest() {
        super(TestDatabase.MARIADB);
    }
}
