package dev.posthorn.tck.arquillian;

import dev.posthorn.tck.server.ServerProcess;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.protocol.servlet5.ServletMethodExecutor;
import org.jboss.arquillian.protocol.servlet5.v_5.ServletProtocol;
import org.jboss.shrinkwrap.api.Archive;

/**
 * A server process per deployment, the same on every server. The servers' own adapters each have other ports, other
 * ways to fail silently and other class path traps, and none of them can be killed and started again.
 */
public final class TckContainer implements DeployableContainer<TckContainerConfiguration> {

    private final Map<String, ServerProcess> deployments = new ConcurrentHashMap<>();

    @Override
    public Class<TckContainerConfiguration> getConfigurationClass() {
        return TckContainerConfiguration.class;
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription(ServletProtocol.PROTOCOL_NAME);
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        ServerProcess server = ServerProcess.of("arquillian-" + archive.getName(), archive);
        try {
            server.start();
        } catch (IllegalStateException e) {
            server.close();
            throw new DeploymentException(e.getMessage(), e);
        }
        deployments.put(archive.getId(), server);
        return new ProtocolMetaData().addContext(context(server));
    }

    @Override
    public void undeploy(Archive<?> archive) {
        try (ServerProcess server = deployments.remove(archive.getId())) {
            server.stop();
        }
    }

    private static HTTPContext context(ServerProcess server) {
        String path = server.url().getPath();
        String root = path.substring(0, path.length() - 1);
        return new HTTPContext(server.url().getHost(), server.url().getPort())
                .add(new Servlet(ServletMethodExecutor.ARQUILLIAN_SERVLET_NAME, root));
    }
}
