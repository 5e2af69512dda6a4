/** What an application sees of Posthorn: annotations, notifications and exceptions. */
@NullMarked
package dev.posthorn;

import org.jspecify.annotations.NullMarked;
