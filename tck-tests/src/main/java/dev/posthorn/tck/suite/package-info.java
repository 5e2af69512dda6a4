/**
 * The suite. Tests tagged {@code database} run once more with MariaDB, {@code variants} once more where a server has a second way to
 * Reactive Messaging, with Derby. Not on every server in every build: {@code redeployment} and {@code long}, which take their time, and {@code
 * fixtures}, which are about the suite itself.
 */
package dev.posthorn.tck.suite;
