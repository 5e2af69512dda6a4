/** A small application that sends, receives, and tells what it has of both; several of it can run in one server. */
package dev.posthorn.tck.post;
