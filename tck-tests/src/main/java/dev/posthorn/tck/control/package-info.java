/** The remote control of broker and database: part of every test application, needs nothing but the JDK. */
package dev.posthorn.tck.control;
