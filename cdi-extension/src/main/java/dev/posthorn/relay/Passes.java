package dev.posthorn.relay;

import dev.posthorn.channel.Channel;

/** The passes that serve one channel, each a plain call that does what can be done now and returns. */
record Passes(Channel channel, SendPass send, AskPass ask, RetryPass retry, TablePass table) {

    static Passes of(Channel channel, Site site, Answers answers, Notifications notifications) {
        AskPass ask = new AskPass(channel, site);
        return new Passes(
                channel,
                new SendPass(channel, site, answers, ask),
                ask,
                new RetryPass(channel, site, answers),
                new TablePass(channel, site, notifications));
    }
}
