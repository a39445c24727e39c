package org.hongyan.server.store;

import java.util.Optional;

/** The database in use: the embedded server, which we also stop, or an external one, which we only visit. */
final class RunningStore implements AutoCloseable {

    private final StoreAddress address;
    private final Optional<EmbeddedServer> embedded;

    private RunningStore(StoreAddress address, Optional<EmbeddedServer> embedded) {
        this.address = address;
        this.embedded = embedded;
    }

    static RunningStore open(StoreProperties settings, DataFolder folder) {
        String url = settings.url();
        if (url.isBlank()) {
            EmbeddedServer server = EmbeddedServer.start(folder, settings.port());
            return new RunningStore(server.address(), Optional.of(server));
        }
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new StoreUnavailable("store.url must begin with jdbc:postgresql: and is " + url + ".");
        }
        return new RunningStore(new StoreAddress(url, settings.user(), settings.password()), Optional.empty());
    }

    StoreAddress address() {
        return address;
    }

    @Override
    public void close() {
        embedded.ifPresent(EmbeddedServer::close);
    }
}
