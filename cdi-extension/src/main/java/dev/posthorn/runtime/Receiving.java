package dev.posthorn.runtime;

import dev.posthorn.PosthornException;
import dev.posthorn.clean.Cleaner;
import dev.posthorn.config.InboxConfig;
import dev.posthorn.config.PosthornConfig;
import dev.posthorn.extension.PosthornExtension;
import dev.posthorn.inbox.HandledType;
import dev.posthorn.inbox.Inbox;
import dev.posthorn.inbox.Ports;
import dev.posthorn.log.Printable;
import dev.posthorn.operate.LocalInbox;
import dev.posthorn.receive.MessageReader;
import dev.posthorn.spi.InboxStore;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The receiving half of Posthorn in one running application; idle in one that receives nothing. */
@ApplicationScoped
public class Receiving {

    @Inject
    private Config mpConfig;

    @Inject
    private Suppliers suppliers;

    @Inject
    private JtaHandlingTransaction transaction;

    @Inject
    private Instance<RequestContextController> requestScopes;

    @Inject
    private PosthornExtension extension;

    @Inject
    private ManagedThreads threads;

    private InboxConfig config;
    private @Nullable InboxStore store;
    private @Nullable Inbox inbox;

    @PostConstruct
    void assemble() {
        config = InboxConfig.read(
                mpConfig, PosthornConfig.applicationOf(mpConfig, ApplicationName.lookUp()), extension.types());
        if (!extension.receives(config)) {
            return;
        }
        Map<String, HandledType> types =
                extension.handlers().types(suppliers.serializer(), new HandlingRequestScope(requestScopes));
        store = suppliers.inboxStore();
        Ports ports = new Ports(
                store,
                transaction,
                new MessageReader(
                        channel -> Optional.ofNullable(config.plainTypes().get(channel))),
                suppliers.storeWatch(),
                type -> Optional.ofNullable(types.get(type)));
        inbox = new Inbox(config.consumer(), config.settings(), ports, threads, System::nanoTime);
    }

    /** What is missing, each with the remedy. */
    List<String> prepare() {
        return store == null ? List.of() : store.prepare();
    }

    /** The channels that are received on. */
    Set<String> channels() {
        return inbox == null ? Set.of() : new TreeSet<>(config.channels());
    }

    /** Why nothing more arrives on a channel, for those of which that is true. */
    Map<String, String> ended() {
        return inbox == null ? Map.of() : inbox.ended();
    }

    void open() {
        if (inbox != null) {
            inbox.open(suppliers.source(), config.channels());
        }
    }

    /** Whether nothing is left. */
    boolean close(Duration timeout) {
        return inbox == null || inbox.close(timeout);
    }

    void pulse() {
        if (inbox != null) {
            inbox.pulse();
        }
    }

    void sweep() {
        if (inbox != null) {
            inbox.sweep();
        }
    }

    void suspend(Set<String> paused) {
        if (inbox != null) {
            inbox.suspend(paused);
        }
    }

    /** The inbox as operators' interventions see it. */
    LocalInbox operated() {
        Inbox known = inbox;
        if (known == null) {
            throw new PosthornException(
                    "POSTHORN-5203 This application receives nothing, so there is no inbox for operators. Add a handler of"
                            + " events that arrive, or name channels in posthorn.inbox.channels.");
        }
        return new LocalInbox(config.consumer(), known::rowsChanged, known::repetitions, allChannels());
    }

    /** For whom events are received; empty if none are. */
    Optional<String> consumer() {
        return inbox == null ? Optional.empty() : Optional.of(config.consumer());
    }

    /** All channels on which something may arrive, also through the application. */
    Set<String> allChannels() {
        return inbox == null ? Set.of() : config.settings().keySet();
    }

    void clean(BooleanSupplier mayAct, int batch) {
        if (store != null) {
            Cleaner.ofInbox(store, config.consumer(), mayAct, config.retention(), batch)
                    .clean();
        }
    }

    CompletionStage<Void> receive(String channel, Object message) {
        if (inbox == null) {
            throw new PosthornException(
                    "POSTHORN-5201 No handler was found for events that arrive. Add an observer of a @Received event,"
                            + " or a bean of IntegrationEventHandler.");
        }
        if (!config.ownChannels().contains(channel)) {
            throw new IllegalArgumentException("POSTHORN-5202 Channel '" + Printable.text(channel)
                    + "' is not one whose messages the application hands over. Add to microprofile-config.properties:\n"
                    + "    posthorn.inbox.own-channels=" + Printable.text(channel));
        }
        return inbox.receive(channel, suppliers.source().arrival(channel, message));
    }
}
