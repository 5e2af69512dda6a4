package dev.posthorn.messaging;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import dev.posthorn.log.FailureText;
import dev.posthorn.spi.FailureClassifier.Failure;

/**
 * What the end of an AMQP channel means for an event that was unconfirmed then. RabbitMQ closes a channel for the sake of one message
 * and does not say of which: it names what was wrong, and the events that this fits are held responsible. For the others, and for
 * all when it is the exchange that is wrong, which all of the channel's topics share, it is as if RabbitMQ were away for a moment.
 */
final class RabbitMqFailures {

    private RabbitMqFailures() {}

    static SendRefusedException of(RabbitMqSend send, RabbitMqSettings settings, ShutdownSignalException why) {
        Method reason = why.getReason();
        if (reason instanceof AMQP.Channel.Close close) {
            String text = close.getReplyText();
            if (close.getReplyCode() == AMQP.ACCESS_REFUSED
                    && text.contains("access to topic '" + settings.routingKey(send.event()) + "' in ")) {
                return new SendRefusedException(
                        Failure.DESTINATION, RabbitMqProblems.destinationRefused(settings.channel(), why), why);
            }
            if (close.getReplyCode() == AMQP.PRECONDITION_FAILED
                    && text.contains("message size " + send.event().data().length + " ")) {
                return new SendRefusedException(
                        Failure.EVENT, RabbitMqProblems.eventRefused(settings.channel(), why), why);
            }
        }
        return unconfirmed(settings, why);
    }

    static SendRefusedException unconfirmed(RabbitMqSettings settings, Throwable why) {
        return new SendRefusedException(Failure.BROKER, RabbitMqProblems.unconfirmed(settings.channel(), why), why);
    }

    static SendRefusedException noClient(RabbitMqSettings settings, LinkageError why) {
        return new SendRefusedException(
                Failure.CHANNEL, RabbitMqProblems.noClient(settings.channel()) + " " + FailureText.ofItself(why), why);
    }

    static SendRefusedException unreachable(RabbitMqSettings settings, Throwable why) {
        return new SendRefusedException(
                Failure.BROKER, RabbitMqProblems.unreachable(settings.channel(), settings.addresses(), why), why);
    }
}
