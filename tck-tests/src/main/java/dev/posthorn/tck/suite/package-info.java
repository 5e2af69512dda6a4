/** The suite. A test tagged {@code smoke} runs on every server, all of them on Payara Micro; {@code database} runs there with MariaDB too. */
package dev.posthorn.tck.suite;
