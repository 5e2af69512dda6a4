/** The servers under test, as processes that can be killed, frozen and started again. */
package dev.posthorn.tck.server;
