/** Many events for topics that a test names, and how often each topic was sent to. */
package dev.posthorn.tck.freight;
