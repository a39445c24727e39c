package org.hongyan.sandbox.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The published records on disk, one zone-file line each, replaced as a whole so that a crash leaves the old or the new. */
final class ZoneFile {

    private final Path file;

    ZoneFile(Path file) {
        this.file = file;
    }

    /**
     * Reads what is there; a missing file holds no records.
     *
     * @throws IllegalStateException naming the line that cannot be read
     */
    List<DnsRecord> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<DnsRecord> records = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                number++;
                if (!line.isBlank() && !line.startsWith(";")) {
                    records.add(readLine(line, number));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
        return records;
    }

    void write(Collection<DnsRecord> records) {
        StringBuilder text = new StringBuilder("; DNS records published in the sandbox\n");
        records.forEach(record -> text.append(record.zoneFileLine()).append('\n'));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + file, failed);
        }
    }

    private DnsRecord readLine(String line, int number) {
        try {
            return DnsRecord.ofZoneFileLine(line);
        } catch (IOException | IllegalArgumentException malformed) {
            throw new IllegalStateException(
                    file + ", line " + number + ": " + malformed.getMessage() + "; correct or delete the line",
                    malformed);
        }
    }
}
