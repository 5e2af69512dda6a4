package dev.posthorn.messaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LibrariesTest {

    @Test
    void theVersionThatIsSaidToBeCompiledAgainstIsThatOfTheBuild() {
        String found = Libraries.found();

        assertTrue(found.contains("smallrye-reactive-messaging-api-" + Libraries.SMALLRYE + ".jar"), found);
        assertTrue(found.contains("smallrye-reactive-messaging-amqp-" + Libraries.SMALLRYE + ".jar"), found);
    }
}
