/**
 * What an operator sees of the outbox and does to it: {@link dev.posthorn.operator.OutboxOperator}, a bean to inject, and what it
 * takes and answers.
 */
@NullMarked
package dev.posthorn.operator;

import org.jspecify.annotations.NullMarked;
