/**
 * The suite. Every build runs all of it on Payara Micro, and on other servers what is tagged {@code everywhere}; the profile of a server has
 * all of it run there. Tests tagged {@code database} run once more with MariaDB, {@code variants} on request with a server's second way to Reactive
 * Messaging, and Derby. {@code redeployment} takes its time, {@code fixtures} are about the suite itself.
 */
package dev.posthorn.tck.suite;
