/** What the configuration says of the tables, and what this module has to say to people. */
@NullMarked
package dev.posthorn.jpa.config;

import org.jspecify.annotations.NullMarked;
