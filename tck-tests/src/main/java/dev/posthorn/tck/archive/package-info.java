/** Builds the applications that the suite deploys. */
package dev.posthorn.tck.archive;
