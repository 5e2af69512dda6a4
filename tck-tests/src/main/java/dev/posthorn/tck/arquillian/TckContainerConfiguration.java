package dev.posthorn.tck.arquillian;

import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;

/** Nothing to configure: ports are free ones, and the rest is the {@link dev.posthorn.tck.server.Server}'s. */
public final class TckContainerConfiguration implements ContainerConfiguration {

    @Override
    public void validate() {}
}
