/**
 * The suite. Tests tagged {@code database} run once more with MariaDB, {@code variants} once more where a server has a second way to
 * Reactive Messaging, with Derby; {@code redeployment} takes its time and does not run in every build everywhere; {@code fixtures} are about the suite
 * itself and run on Payara Micro alone.
 */
package dev.posthorn.tck.suite;
