package dev.posthorn.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import dev.posthorn.spi.FailureClassifier.Failure;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.function.Function;

/**
 * One AMQP channel, from when it is opened until it ends, and what has been published on it. It is never opened anew: what is
 * unconfirmed at its end fails at once, and the next event begins another one.
 */
final class RabbitMqSession {

    /** Messages without it are lost when RabbitMQ restarts, even from durable queues. */
    private static final int PERSISTENT = 2;

    private final RabbitMqSettings settings;
    private final Channel channel;
    private final UnconfirmedSends unconfirmed = new UnconfirmedSends();

    private RabbitMqSession(RabbitMqSettings settings, Channel channel) {
        this.settings = settings;
        this.channel = channel;
    }

    /** Declares the exchange, if that is wanted. */
    static RabbitMqSession open(Connection connection, RabbitMqSettings settings) throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new IOException("RabbitMQ allows for no channel on this connection");
        }
        if (settings.declaresExchange()) {
            channel.exchangeDeclare(
                    settings.exchange(),
                    settings.exchangeType(),
                    settings.exchangeDurable(),
                    settings.exchangeAutoDelete(),
                    null);
        }
        RabbitMqSession session = new RabbitMqSession(settings, channel);
        channel.addConfirmListener(session::confirmed, session::refused);
        channel.addReturnListener(returned -> session.unconfirmed.returned(
                returned.getProperties().getMessageId(), returned.getReplyCode() + " " + returned.getReplyText()));
        channel.addShutdownListener(session::ended);
        channel.confirmSelect();
        return session;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Called by one thread at a time: the number that a message gets is that of its turn. */
    void publish(RabbitMqSend send) {
        if (!unconfirmed.add(channel.getNextPublishSeqNo(), send)) {
            ShutdownSignalException why = channel.getCloseReason();
            send.failed(unconfirmed(why == null ? new IOException("the AMQP channel is closed") : why));
            return;
        }
        try {
            channel.basicPublish(
                    settings.exchange(),
                    settings.routingKey(send.event()),
                    settings.mandatory(),
                    properties(send),
                    send.event().data());
        } catch (ShutdownSignalException e) {
            // Heard of here before the listener has: who is to blame is the same.
            ended(e);
        } catch (IOException e) {
            abandon(failed -> unconfirmed(e));
        } catch (Throwable e) {
            // The client has counted a message that RabbitMQ may never see: the numbers don't fit together any more.
            abandon(failed -> failed == send
                    ? new SendRefusedException(Failure.EVENT, RabbitMqProblems.eventRefused(settings.channel(), e), e)
                    : unconfirmed(e));
        }
    }

    private static AMQP.BasicProperties properties(RabbitMqSend send) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .messageId(send.event().id().toString())
                .type(send.event().type())
                .timestamp(Date.from(send.event().time()))
                .contentType(send.event().contentType())
                .headers(AmqpProperties.of(send.event()))
                .build();
    }

    private void confirmed(long tag, boolean andEarlier) {
        for (RabbitMqSend send : unconfirmed.answered(tag, andEarlier)) {
            String reply = send.reply();
            if (reply == null) {
                send.confirmed();
            } else {
                send.failed(new SendRefusedException(Failure.DESTINATION, unroutable(send, reply), null));
            }
        }
    }

    private String unroutable(RabbitMqSend send, String reply) {
        return RabbitMqProblems.unroutable(
                settings.channel(), settings.exchange(), settings.routingKey(send.event()), reply);
    }

    private void refused(long tag, boolean andEarlier) {
        for (RabbitMqSend send : unconfirmed.answered(tag, andEarlier)) {
            send.failed(new SendRefusedException(Failure.UNCLEAR, RabbitMqProblems.refused(settings.channel()), null));
        }
    }

    private void ended(ShutdownSignalException why) {
        fail(unconfirmed.end(), send -> RabbitMqFailures.of(send, settings, why));
    }

    /** Ends the connection with it: a channel that is closed alone waits for RabbitMQ's answer, which may never come. */
    private void abandon(Function<RabbitMqSend, SendRefusedException> reason) {
        fail(unconfirmed.end(), reason);
        RabbitMqConnection.abort(channel.getConnection());
    }

    private static void fail(List<RabbitMqSend> sends, Function<RabbitMqSend, SendRefusedException> reason) {
        sends.forEach(send -> send.failed(reason.apply(send)));
    }

    private SendRefusedException unconfirmed(Throwable why) {
        return RabbitMqFailures.unconfirmed(settings, why);
    }
}
