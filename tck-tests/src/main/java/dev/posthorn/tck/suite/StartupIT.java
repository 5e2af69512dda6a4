package dev.posthorn.tck.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.posthorn.tck.archive.TckArchive;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.startup.InitialData;
import jakarta.inject.Inject;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application may publish as soon as its own beans are started, on an empty database too: servers may start them before Posthorn. */
@ExtendWith(ArquillianExtension.class)
@Tag("everywhere")
public class StartupIT {

    private final Topic topic = new Topic("startup");

    @Inject
    private InitialData data;

    @Deployment
    public static WebArchive archive() {
        return TckArchive.named("startup")
                .withPosthorn()
                .withPackageOf(InitialData.class)
                .with(Topic.class, Resources.class)
                .events("posthorn", "startup")
                .property("posthorn.schema", "create")
                .build();
    }

    @Test
    public void whatIsFiredWhileTheApplicationStartsIsPublished() {
        assertEquals("Loaded", topic.awaitOne(data.id()).header("ce_type"));
    }
}
