package org.hongyan.server.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.hongyan.server.store.DataFolder;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code sandbox.json} is there exactly while the sandbox is ready, so that a program can wait for it. */
@Component
@Profile("sandbox")
final class SandboxFile implements SmartLifecycle {

    static final String NAME = "sandbox.json";

    private final DataFolder folder;
    private boolean running;

    SandboxFile(DataFolder folder) {
        this.folder = folder;
        delete();
    }

    static void write(DataFolder folder, Map<String, Object> facts) {
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        folder.writePrivate(NAME, json.writeValueAsString(facts) + "\n");
    }

    @Override
    public void start() {
        running = true;
    }

    /** The first thing to go at a stop. */
    @Override
    public void stop() {
        running = false;
        delete();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    private void delete() {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
