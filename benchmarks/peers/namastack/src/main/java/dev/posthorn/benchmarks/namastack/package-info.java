/** namastack-outbox for Spring Boot. */
package dev.posthorn.benchmarks.namastack;
