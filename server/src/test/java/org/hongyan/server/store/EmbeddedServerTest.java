package org.hongyan.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServerTest {

    /** Unpacked once for all runs of this module. */
    private static final Path BINARIES =
            Path.of("target", "postgresql-binaries").toAbsolutePath();

    @TempDir
    private Path temporary;

    @Test
    void keepsItsDataAndItsPromisesThroughARestart() throws Exception {
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            try (EmbeddedServer server = EmbeddedServer.start(folder, 0, BINARIES)) {
                execute(server.address(), "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('鸿雁')");
                assertThat(show(server.address(), "fsync")).isEqualTo("on");
                assertThat(show(server.address(), "synchronous_commit")).isEqualTo("on");
                assertThat(show(server.address(), "full_page_writes")).isEqualTo("on");
                assertThat(show(server.address(), "listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(show(server.address(), "data_checksums")).isEqualTo("on");
                assertThat(show(server.address(), "is_superuser")).isEqualTo("off");
            }
            try (EmbeddedServer server = EmbeddedServer.start(folder, 0, BINARIES)) {
                assertThat(query(server.address(), "SELECT word FROM kept")).isEqualTo("鸿雁");
            }
        }
    }

    @Test
    void asksForItsPasswordWhichOnlyTheOwnerCanRead() throws Exception {
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"));
                EmbeddedServer server = EmbeddedServer.start(folder, 0, BINARIES)) {
            StoreAddress wrong = new StoreAddress(server.address().url(), "postgres", "wrong");
            assertThatThrownBy(() -> query(wrong, "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.resolve("postgresql/password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void isStartedAgainOnTheSamePortWhenItIsKilled() throws Exception {
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"));
                EmbeddedServer server = EmbeddedServer.start(folder, 0, BINARIES)) {
            execute(server.address(), "CREATE TABLE kept (word text)", "INSERT INTO kept VALUES ('kept')");
            long killed = postmaster(folder);
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            assertThat(eventually(server.address(), "SELECT word FROM kept")).isEqualTo("kept");
            assertThat(postmaster(folder)).isNotEqualTo(killed);
        }
    }

    @Test
    void stopsAServerThatAKilledServiceLeftBehind() throws Exception {
        long orphan;
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            PostgresCluster cluster = clusterIn(folder);
            cluster.initialise("secret");
            orphan = cluster.start(freePort()).pid();
        }
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            PostgresCluster cluster = clusterIn(folder);
            // Two servers on one cluster cannot be: that it starts says that the other one is gone.
            assertThat(cluster.start(freePort()).pid()).isNotEqualTo(orphan);
            cluster.stop();
        }
    }

    @Test
    void startsAlthoughThePidFileNamesAnotherProgram() throws Exception {
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            PostgresCluster cluster = clusterIn(folder);
            cluster.initialise("secret");
            cluster.start(freePort());
            String pidFile = Files.readString(folder.resolve("postgresql/cluster/postmaster.pid"));
            cluster.stop();
            // The file as a power cut leaves it, when after the boot its number went to another program.
            Process other = new ProcessBuilder("sleep", "60").start();
            Files.writeString(
                    folder.resolve("postgresql/cluster/postmaster.pid"),
                    other.pid() + pidFile.substring(pidFile.indexOf('\n')));
            try {
                assertThat(cluster.start(freePort()).isAlive()).isTrue();
                assertThat(other.isAlive()).isTrue();
                cluster.stop();
            } finally {
                other.destroyForcibly();
            }
        }
    }

    @Test
    void throwsAwayAClusterWhoseMakingWasInterrupted() throws Exception {
        try (DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            Files.createDirectories(folder.resolve("postgresql/cluster.new/base"));
            Files.writeString(folder.resolve("postgresql/cluster.new/PG_VERSION"), "18\n");
            try (EmbeddedServer server = EmbeddedServer.start(folder, 0, BINARIES)) {
                assertThat(query(server.address(), "SELECT 'whole'")).isEqualTo("whole");
            }
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DataFolder folder = DataFolder.claim(temporary.resolve("data"))) {
            assertThatThrownBy(() -> EmbeddedServer.start(folder, taken.getLocalPort(), BINARIES))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void aSecondServiceOnTheFolderIsRefused() {
        Path path = temporary.resolve("data");
        try (DataFolder first = DataFolder.claim(path)) {
            assertThatThrownBy(() -> DataFolder.claim(path))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining(first.path().toString())
                    .hasMessageContaining("in use by another Hongyan");
        }
        DataFolder.claim(path).close();
    }

    private static PostgresCluster clusterIn(DataFolder folder) throws IOException {
        return new PostgresCluster(
                Files.createDirectories(folder.resolve("postgresql")),
                PostgresBinaries.in(BINARIES),
                PostgresIdentity.find());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static long postmaster(DataFolder folder) throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("postgresql/cluster/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static String show(StoreAddress address, String setting) throws SQLException {
        return query(address, "SHOW " + setting);
    }

    private static void execute(StoreAddress address, String... statements) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(StoreAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    /** Asks again and again until the server is back. */
    private static String eventually(StoreAddress address, String sql) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                return query(address, sql);
            } catch (SQLException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    private static Connection connect(StoreAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }
}
