/** What relays that one writes by hand consist of, on a server or without one. */
package dev.posthorn.benchmarks.relay;
