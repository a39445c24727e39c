package org.hongyan.server.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * As whom the PostgreSQL programs run. They refuse to run as root, so under root they are started either in a user
 * namespace of their own ({@code unshare}: the process stays root's for the files, but is nobody to itself), or, where
 * the kernel or a container forbids that, as the system's {@code postgres} or {@code nobody} user, who is then given
 * the folder of the database.
 */
final class PostgresIdentity {

    private final List<String> prefix;
    private final Optional<String> owner;

    private PostgresIdentity(List<String> prefix, Optional<String> owner) {
        this.prefix = prefix;
        this.owner = owner;
    }

    /** Finds out what works on this machine. */
    static PostgresIdentity find() throws IOException {
        if (new UnixSystem().getUid() != 0) {
            return new PostgresIdentity(List.of(), Optional.empty());
        }
        List<String> namespace = List.of("unshare", "--user", "--");
        if (isNotRoot(namespace)) {
            return new PostgresIdentity(namespace, Optional.empty());
        }
        for (String user : List.of("postgres", "nobody")) {
            List<String> other = List.of("setpriv", "--reuid", user, "--regid", groupOf(user), "--clear-groups", "--");
            if (isNotRoot(other)) {
                return new PostgresIdentity(other, Optional.of(user));
            }
        }
        throw new StoreUnavailable("PostgreSQL does not run as root and neither unshare nor setpriv can drop root here:"
                + " start Hongyan as an ordinary user, or name an external database with --set store.url=…");
    }

    /** The command line that runs a program under this identity. */
    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Hands a folder and what is in it to the identity, where that is another user than ours. */
    void own(Path folder) throws IOException {
        if (owner.isEmpty()) {
            return;
        }
        requireReachable(folder);
        UserPrincipal user =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner.get());
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                Files.setOwner(path, user);
            }
        }
    }

    private void requireReachable(Path folder) throws IOException {
        if (succeeds(command(List.of("test", "-x", folder.resolve("..").toString())))) {
            return;
        }
        throw new StoreUnavailable("PostgreSQL has to run as the user " + owner.orElseThrow()
                + " here, who may not enter the folder of " + folder
                + ": choose one that this user may enter with --data.");
    }

    private static String groupOf(String user) throws IOException {
        return output(List.of("id", "-g", user)).orElse("-1");
    }

    private static boolean isNotRoot(List<String> prefix) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("id", "-u"));
        return output(command).filter(uid -> !uid.equals("0")).isPresent();
    }

    private static boolean succeeds(List<String> command) throws IOException {
        return output(command).isPresent();
    }

    /** What the command printed, or nothing when it is missing, fails or hangs. */
    private static Optional<String> output(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return Optional.empty();
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return Optional.of(text.strip());
    }
}
