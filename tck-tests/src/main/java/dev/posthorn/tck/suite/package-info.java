/** The suite. A test tagged {@code smoke} runs on every server, all of them on Payara Micro. */
package dev.posthorn.tck.suite;
