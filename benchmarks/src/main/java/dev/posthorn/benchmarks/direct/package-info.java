/** The yardsticks, in plain Java: what the same rows and the same event cost without any server or library around them. */
package dev.posthorn.benchmarks.direct;
