package dev.posthorn.messaging;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a channel, which is opened when it is needed. The client's own recovery stays switched off: it would count anew
 * on what looks like the same channel.
 */
final class RabbitMqConnection {

    /** For which a closed connection waits for RabbitMQ's farewell. */
    private static final int FAREWELL_MILLIS = 1000;

    private final RabbitMqSettings settings;

    private volatile @Nullable Connection connection;
    private @Nullable RabbitMqSession session;

    RabbitMqConnection(RabbitMqSettings settings) {
        this.settings = settings;
    }

    /** An open session. Called by one thread at a time; it may take as long as the connection's time-outs say. */
    RabbitMqSession session() throws IOException, TimeoutException, GeneralSecurityException {
        RabbitMqSession current = session;
        if (current == null || !current.isOpen()) {
            current = RabbitMqSession.open(connected(), settings);
            session = current;
        }
        return current;
    }

    void close() {
        abort(connection);
    }

    /** Whatever is unconfirmed on it fails. */
    static void abort(@Nullable Connection connection) {
        if (connection != null) {
            connection.abort(FAREWELL_MILLIS);
        }
    }

    private Connection connected() throws IOException, TimeoutException, GeneralSecurityException {
        Connection current = connection;
        if (current == null || !current.isOpen()) {
            current = factory().newConnection(Address.parseAddresses(settings.addresses()), name());
            connection = current;
        }
        return current;
    }

    /** What RabbitMQ's own tools show. */
    private String name() {
        return "posthorn " + settings.channel();
    }

    private ConnectionFactory factory() throws IOException, GeneralSecurityException {
        OutgoingChannel channel = settings.configured();
        ConnectionFactory factory = new ConnectionFactory();
        factory.setAutomaticRecoveryEnabled(false);
        factory.setTopologyRecoveryEnabled(false);
        factory.setUsername(RabbitMqAttribute.USERNAME.of(channel));
        factory.setPassword(RabbitMqAttribute.PASSWORD.of(channel));
        factory.setVirtualHost(RabbitMqAttribute.VIRTUAL_HOST.of(channel));
        factory.setConnectionTimeout(RabbitMqAttribute.CONNECTION_TIMEOUT.number(channel));
        factory.setHandshakeTimeout(RabbitMqAttribute.CONNECTION_TIMEOUT.number(channel));
        factory.setChannelRpcTimeout(RabbitMqAttribute.CONNECTION_TIMEOUT.number(channel));
        factory.setRequestedHeartbeat(RabbitMqAttribute.REQUESTED_HEARTBEAT.number(channel));
        factory.setThreadFactory(task -> daemon(task, name()));
        if (RabbitMqAttribute.SSL.isTrue(channel)) {
            factory.useSslProtocol(tls(channel));
            factory.enableHostnameVerification();
        }
        return factory;
    }

    private static SSLContext tls(OutgoingChannel channel) throws IOException, GeneralSecurityException {
        String trustStore = RabbitMqAttribute.TRUST_STORE_PATH.of(channel);
        if (trustStore.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = new FileInputStream(trustStore)) {
            trusted.load(in, RabbitMqAttribute.TRUST_STORE_PASSWORD.of(channel).toCharArray());
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
