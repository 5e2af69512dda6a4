/** What a newer version of the application has and an older one lacks: a type of events, and its channel. */
package dev.posthorn.tck.novelty;
