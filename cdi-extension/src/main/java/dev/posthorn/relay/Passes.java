package dev.posthorn.relay;

import dev.posthorn.channel.Channel;

/** The passes that serve one channel, each a plain call that does what can be done now and returns. */
record Passes(Channel channel, PulsePass pulse, SendPass send, AskPass ask, RetryPass retry, TablePass table) {

    static Passes of(
            Channel channel,
            Unanswered unanswered,
            Site site,
            Classification classification,
            Notifications notifications) {
        Answers answers = new Answers(channel, site, classification, unanswered);
        AskPass ask = new AskPass(channel, site, unanswered);
        return new Passes(
                channel,
                new PulsePass(channel, site, answers, unanswered),
                new SendPass(channel, site, answers, ask),
                ask,
                new RetryPass(channel, site, answers, unanswered),
                new TablePass(channel, site, unanswered, notifications));
    }
}
