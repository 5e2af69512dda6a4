package dev.posthorn.tck.archive;

import dev.posthorn.tck.control.BrokerControl;
import dev.posthorn.tck.fixture.Fixtures;
import dev.posthorn.tck.fixture.TckSettings;
import dev.posthorn.tck.server.Server;
import dev.posthorn.tck.server.ServerDataSource;
import dev.posthorn.tck.shop.Resources;
import dev.posthorn.tck.unknown.KeptConnections;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ByteArrayAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Builds a web application for the server under test: one persistence unit on an empty database of its own, the
 * configuration, the remote control, and whatever the server needs.
 */
public final class TckArchive {

    private static final String BEANS_XML =
            """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
            """;

    private static final String UNIT = "tck";
    private static final String DATA_SOURCE = "java:app/jdbc/tck";

    private static final String SERIALIZERS = "org.apache.kafka.common.serialization.";

    private final WebArchive archive;
    private final Server server = Server.underTest();
    private final Map<String, String> configuration = new TreeMap<>();
    private final Database database;
    private List<PersistenceUnit> units = List.of(new PersistenceUnit(UNIT, DATA_SOURCE));
    private List<ApplicationDataSource> dataSources;
    private List<ServerDataSource> serverDataSources = List.of();

    private TckArchive(String name, Database database) {
        this.archive = ShrinkWrap.create(WebArchive.class, name + ".war");
        this.database = database;
        this.dataSources = List.of(new ApplicationDataSource(DATA_SOURCE, database.dataSource(), database));
    }

    /** The name is also that of the context path and the database. */
    public static TckArchive named(String name) {
        return new TckArchive(name, Database.create(name));
    }

    /** One that shares its database: another version of the same application, say. */
    public static TckArchive named(String name, Database database) {
        return new TckArchive(name, database);
    }

    /** A file in WEB-INF/classes, where libraries find it as well, in place of their own. */
    public TckArchive withFile(String path, byte[] content) {
        archive.addAsWebInfResource(new ByteArrayAsset(content), "classes/" + path);
        return this;
    }

    public TckArchive with(Class<?>... classes) {
        archive.addClasses(classes);
        return this;
    }

    public TckArchive withPackageOf(Class<?> type) {
        archive.addPackage(type.getPackage());
        return this;
    }

    /** A jar in WEB-INF/lib with these classes and nothing else, not even a beans.xml. */
    public TckArchive withLibraryOf(Class<?>... classes) {
        archive.addAsLibrary(ShrinkWrap.create(JavaArchive.class, "library.jar").addClasses(classes));
        return this;
    }

    /** A key of the application's microprofile-config.properties. */
    public TckArchive property(String key, String value) {
        configuration.put(key, value);
        return this;
    }

    /** An outgoing channel to the broker, to a topic that exists. */
    public TckArchive outgoing(String channel, String topic) {
        return events(channel, topic).property(prefix(channel) + "topic", topic);
    }

    /** A channel for events, which name their topics themselves. */
    public TckArchive events(String channel, String... topics) {
        for (String topic : topics) {
            Fixtures.broker().topics().create(topic, 1);
        }
        return property(prefix(channel) + "connector", server.kafkaConnector())
                .property(prefix(channel) + "acks", "all")
                .property(prefix(channel) + "key.serializer", SERIALIZERS + "StringSerializer")
                .property(prefix(channel) + "value.serializer", SERIALIZERS + "ByteArraySerializer");
    }

    /** A channel that events arrive on, from a topic. */
    public TckArchive incoming(String channel, String topic) {
        Fixtures.broker().topics().create(topic, 2);
        String prefix = "mp.messaging.incoming." + channel + ".";
        return property(prefix + "connector", server.kafkaConnector())
                .property(prefix + "topic", topic)
                .property(prefix + "group.id", archive.getName())
                .property(prefix + "auto.offset.reset", "earliest")
                .property(prefix + "cloud-events", "false")
                .property(prefix + "throttled.unprocessed-record-max-age.ms", "0")
                .property(prefix + "key.deserializer", SERIALIZERS + "StringDeserializer")
                .property(prefix + "value.deserializer", SERIALIZERS + "ByteArrayDeserializer");
    }

    private static String prefix(String channel) {
        return "mp.messaging.outgoing." + channel + ".";
    }

    /** Posthorn itself, as it is on the test class path. */
    public TckArchive withPosthorn() {
        return withLibraries(ClassPathJars.posthorn());
    }

    public TckArchive withLibraries(File... jars) {
        archive.addAsLibraries(jars);
        return this;
    }

    /** These persistence units instead of the usual one. */
    public TckArchive withUnits(PersistenceUnit... instead) {
        units = List.of(instead);
        return this;
    }

    /** The application brings Hibernate, and its units name it. */
    public TckArchive withHibernate() {
        archive.addAsLibraries(ClassPathJars.hibernate());
        String platform = server.hibernateJtaPlatform().orElseThrow();
        return withUnits(
                units.stream().map(unit -> unit.withHibernate(platform)).toArray(PersistenceUnit[]::new));
    }

    /** These data sources of the application instead of the usual one; perhaps none. */
    public TckArchive withDataSources(ApplicationDataSource... instead) {
        dataSources = List.of(instead);
        return this;
    }

    /** A data source that survives its database: one of {@link #serverDataSources}, if the server does not look after the application's. */
    public TckArchive withLastingDataSource() {
        if (server.validatesApplicationDataSources()) {
            return this;
        }
        String name = archive.getName().replaceFirst("\\.war$", "");
        serverDataSources = List.of(new ServerDataSource(name, database, false));
        return withDataSources().withUnits(new PersistenceUnit(UNIT, server.dataSource(name)));
    }

    /** Which the server has to have. */
    public List<ServerDataSource> serverDataSources() {
        return serverDataSources;
    }

    /** What the application finds when it is deployed. */
    public Database database() {
        return database;
    }

    public WebArchive build() {
        property("tck.database", TckSettings.database());
        property(
                "mp.messaging.connector." + server.kafkaConnector() + ".bootstrap.servers",
                Fixtures.broker().bootstrapServers());
        if (TckSettings.keepsConnections()) {
            keepConnections();
        }
        if (!dataSources.isEmpty()) {
            archive.addAsLibraries(database.driver().toArray(File[]::new));
        }
        archive.addPackage(BrokerControl.class.getPackage())
                .addAsLibraries(ClassPathJars.of(Awaitility.class), ClassPathJars.of(Matcher.class))
                .addAsWebInfResource(new StringAsset(BEANS_XML), "beans.xml")
                .setWebXML(new StringAsset(webXml()))
                .addAsResource(new StringAsset(persistenceXml()), "META-INF/persistence.xml")
                .addAsResource(new StringAsset(configurationFile()), "META-INF/microprofile-config.properties");
        server.extend(archive);
        return archive;
    }

    /** Those of the shop: what hands its EntityManager over is replaced. */
    private void keepConnections() {
        if (archive.contains("WEB-INF/classes/" + Resources.class.getName().replace('.', '/') + ".class")) {
            archive.deleteClass(Resources.class).addClass(KeptConnections.class);
            property("posthorn.database", TckSettings.database());
        }
    }

    /** The application defines its data sources, so that no server needs to be configured for it. */
    private String webXml() {
        return dataSources.stream()
                .map(ApplicationDataSource::element)
                .collect(Collectors.joining(
                        "",
                        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">\n",
                        "</web-app>\n"));
    }

    private String persistenceXml() {
        return units.stream()
                .map(PersistenceUnit::element)
                .collect(Collectors.joining(
                        "",
                        "<persistence xmlns=\"https://jakarta.ee/xml/ns/persistence\" version=\"3.0\">\n",
                        "</persistence>\n"));
    }

    private String configurationFile() {
        return configuration.entrySet().stream()
                .map(property -> property.getKey() + "=" + property.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
