/**
 * The suite. Tests tagged {@code database} run once more with MariaDB, {@code variants} once more where a server has a second way to Reactive
 * Messaging and another JPA provider; {@code fixtures} are about the suite itself and run on Payara Micro alone.
 */
package dev.posthorn.tck.suite;
