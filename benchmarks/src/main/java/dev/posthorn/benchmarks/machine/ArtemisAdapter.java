package dev.posthorn.benchmarks.machine;

import dev.posthorn.benchmarks.plain.Resources;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.ResourceAdapterArchive;

/** Artemis's resource adapter as an archive for the server, which has none of its own; Artemis publishes but its classes. */
final class ArtemisAdapter {

    private static final String NAME = "artemis.rar";

    /** Logging is the server's. */
    private static final String JARS =
            "artemis-(commons|core-client|selector|jakarta-(client|ra|service-extensions))\\.jar"
                    + "|netty-.*|jgroups.*|jctools-core.*|commons-(beanutils|collections|lang3)\\.jar";

    private static final String RA_XML =
            """
            <connector xmlns="https://jakarta.ee/xml/ns/jakartaee" version="2.0">
              <vendor-name>Apache</vendor-name>
              <eis-type>JMS</eis-type>
              <resourceadapter-version>1.0</resourceadapter-version>
              <resourceadapter>
                <resourceadapter-class>org.apache.activemq.artemis.ra.ActiveMQResourceAdapter</resourceadapter-class>
                <config-property>
                  <config-property-name>ConnectorClassName</config-property-name>
                  <config-property-type>java.lang.String</config-property-type>
                  <config-property-value>org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory</config-property-value>
                </config-property>
                <outbound-resourceadapter>
                  <connection-definition>
                    <managedconnectionfactory-class>org.apache.activemq.artemis.ra.ActiveMQRAManagedConnectionFactory</managedconnectionfactory-class>
                    <connectionfactory-interface>org.apache.activemq.artemis.ra.ActiveMQRAConnectionFactory</connectionfactory-interface>
                    <connectionfactory-impl-class>org.apache.activemq.artemis.ra.ActiveMQRAConnectionFactoryImpl</connectionfactory-impl-class>
                    <connection-interface>jakarta.jms.Session</connection-interface>
                    <connection-impl-class>org.apache.activemq.artemis.ra.ActiveMQRASession</connection-impl-class>
                  </connection-definition>
                  <transaction-support>XATransaction</transaction-support>
                  <reauthentication-support>false</reauthentication-support>
                </outbound-resourceadapter>
              </resourceadapter>
            </connector>
            """;

    private static final String SUBSYSTEM =
            """
                    <subsystem xmlns="urn:jboss:domain:resource-adapters:5.0">
                        <resource-adapters>
                            <resource-adapter id="artemis">
                                <archive>%1$s</archive>
                                <transaction-support>XATransaction</transaction-support>
                                <config-property name="ConnectionParameters">host=%2$s;port=%3$s</config-property>
                                <connection-definitions>
                                    <connection-definition class-name="org.apache.activemq.artemis.ra.ActiveMQRAManagedConnectionFactory" jndi-name="java:/JmsXA" pool-name="JmsXA">
                                        <xa-pool>
                                            <max-pool-size>%4$d</max-pool-size>
                                        </xa-pool>
                                    </connection-definition>
                                </connection-definitions>
                            </resource-adapter>
                        </resource-adapters>
                    </subsystem>
                </profile>""";

    private ArtemisAdapter() {}

    /** @param home where the build has put the jars */
    static Path write(Path home, Path directory) {
        ResourceAdapterArchive archive = ShrinkWrap.create(ResourceAdapterArchive.class, NAME)
                .addAsLibraries(new Libraries(home).named(JARS, ""))
                .setResourceAdapterXML(new StringAsset(RA_XML));
        Path file = directory.resolve(NAME);
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** As many connections as to the database. */
    static String configure(String configuration, Resources resources) {
        String[] broker = resources.bootstrapServers().split(":", 2);
        return configuration.replace(
                "</profile>", SUBSYSTEM.formatted(NAME, broker[0], broker[1], resources.poolSize()));
    }
}
