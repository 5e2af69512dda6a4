/**
 * What an operator sees of the outbox and the inbox and does to them: {@link dev.posthorn.operator.OutboxOperator} and {@link
 * dev.posthorn.operator.InboxOperator}, beans to inject, and what they take and answer.
 */
@NullMarked
package dev.posthorn.operator;

import org.jspecify.annotations.NullMarked;
