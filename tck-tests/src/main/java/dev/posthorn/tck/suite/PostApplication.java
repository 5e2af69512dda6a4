package dev.posthorn.tck.suite;

import dev.posthorn.tck.app.TckApplication;
import dev.posthorn.tck.archive.Database;
import dev.posthorn.tck.archive.PersistenceUnit;
import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.post.Archivist;
import dev.posthorn.tck.post.Copy;
import dev.posthorn.tck.post.Desk;
import dev.posthorn.tck.post.Letter;
import dev.posthorn.tck.post.PostCounter;
import dev.posthorn.tck.post.PostOffice;
import dev.posthorn.tck.post.PostResource;
import dev.posthorn.tck.post.PostResources;
import dev.posthorn.tck.post.Postman;
import dev.posthorn.tck.post.Receipt;
import dev.posthorn.tck.post.SentLetter;
import dev.posthorn.tck.post.Written;

/** Post applications, each with channels, topic and consumer group of its own, which receive what they send. */
final class PostApplication {

    private static final String ARRIVING = "arriving";

    private PostApplication() {}

    static TckArchive named(String name, Database database, String dataSource) {
        return TckArchive.named(name, database)
                .withPosthorn()
                .with(Letter.class, SentLetter.class, Receipt.class, Written.class)
                .with(PostResources.class, Desk.class, PostOffice.class, PostCounter.class, Postman.class)
                .with(PostResource.class, TckApplication.class)
                .withUnits(unit(dataSource))
                .withDataSources()
                .events(outgoing(name), topic(name))
                .incoming(ARRIVING, topic(name))
                .property("posthorn.channel", outgoing(name))
                .property("posthorn.event.Letter.topic", topic(name))
                .property("posthorn.inbox.channels", ARRIVING)
                .property("posthorn.schema", "create")
                .property("posthorn.stop.timeout", "PT5S")
                .property(Postman.NAME, name);
    }

    /** One that keeps copies in another unit, on another data source. */
    static TckArchive withCopies(String name, Database database, String dataSource, String dataSourceOfCopies) {
        return named(name, database, dataSource)
                .with(Archivist.class, Copy.class)
                .withUnits(new PersistenceUnit(Archivist.UNIT, dataSourceOfCopies, Copy.class), unit(dataSource));
    }

    static String topic(String name) {
        return name + "-letters";
    }

    private static String outgoing(String name) {
        return name + "-leaving";
    }

    private static PersistenceUnit unit(String dataSource) {
        return new PersistenceUnit(PostResources.UNIT, dataSource, SentLetter.class, Receipt.class);
    }
}
