package org.hongyan.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds what must survive a restart: the embedded database, keys, {@code sandbox.json}. One service at
 * a time owns it, by a lock of the operating system that dies with its process, so nothing is left to clean after
 * {@code kill -9}. Safe for use by many threads.
 */
public final class DataFolder implements AutoCloseable {

    private static final String LOCK_FILE = "hongyan.lock";

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates the folder where it is missing (readable by its owner alone) and takes its lock.
     *
     * @throws StoreUnavailable when another service owns it or it cannot be written
     */
    public static DataFolder claim(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                onlyForOwner(folder, "rwx------");
            }
            return new DataFolder(folder, lock(folder));
        } catch (IOException e) {
            throw new StoreUnavailable("The data folder " + folder + " cannot be used: " + reason(e) + ".", e);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                channel.truncate(0);
                channel.write(
                        ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        String owner = Files.readString(folder.resolve(LOCK_FILE)).strip();
        channel.close();
        throw inUse(folder, owner);
    }

    private static StoreUnavailable inUse(Path folder, String owner) {
        return new StoreUnavailable("The data folder " + folder + " is in use by another Hongyan (process " + owner
                + "): stop that one, or choose another folder with --data.");
    }

    /** Absolute path of the folder. */
    public Path path() {
        return path;
    }

    /** The path of a file or folder in it, whether it exists or not. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * Writes a file that only the owner of the folder can read, whole or not at all.
     *
     * @throws UncheckedIOException when the disk refuses
     */
    public void writePrivate(String name, String text) {
        Path target = resolve(name);
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            // Created closed rather than closed afterwards: in between, anyone could open it.
            createPrivate(fresh);
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target, e);
        }
    }

    static void createPrivate(Path file) throws IOException {
        if (isPosix(file.toAbsolutePath().getParent())) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    static void onlyForOwner(Path path, String permissions) throws IOException {
        if (isPosix(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    private static boolean isPosix(@Nullable Path path) throws IOException {
        return path != null && Files.getFileStore(path).supportsFileAttributeView("posix");
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    /** Gives the lock back; the folder stays. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
