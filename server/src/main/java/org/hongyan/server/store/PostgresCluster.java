package org.hongyan.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database cluster of PostgreSQL in a folder: made, started and stopped with PostgreSQL's own programs.
 *
 * <p>Started through {@code pg_ctl}, which gives the server a session of its own: Ctrl-C at the terminal then reaches us
 * and not the database, which must outlive the doors that still write to it.
 */
final class PostgresCluster {

    static final String ADMIN = "postgres";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);

    /** Redo after a crash may take long, and giving up on it would help nobody. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    /** How long processes of a killed server may take to notice that they are alone. */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(20);

    private final Path home;
    private final Path cluster;
    private final PostgresBinaries binaries;
    private final PostgresIdentity identity;

    PostgresCluster(Path home, PostgresBinaries binaries, PostgresIdentity identity) {
        this.home = home;
        this.cluster = home.resolve("cluster");
        this.binaries = binaries;
        this.identity = identity;
    }

    /**
     * Makes the cluster unless it is there. It is made under another name and renamed when whole, so that one that was
     * interrupted is thrown away instead of half used.
     */
    void initialise(String adminPassword) throws IOException {
        if (Files.exists(cluster.resolve("PG_VERSION"))) {
            requireSameMajorVersion();
            identity.own(home);
            return;
        }
        Path fresh = home.resolve("cluster.new");
        delete(fresh);
        Path passwordFile = home.resolve("initdb-password");
        Files.deleteIfExists(passwordFile);
        DataFolder.createPrivate(passwordFile);
        Files.writeString(passwordFile, adminPassword + "\n");
        identity.own(home);
        // The locale is PostgreSQL's own, so that neither the machine's locale nor an update of its C library can
        // change the order of an index.
        run(
                Duration.ofMinutes(2),
                binaries.program("initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + ADMIN,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums");
        Files.delete(passwordFile);
        // No line for sockets of the file system: there is none. Loopback with a password is the only way in.
        Files.writeString(fresh.resolve("pg_hba.conf"), """
                host all all 127.0.0.1/32 scram-sha-256
                host all all ::1/128      scram-sha-256
                """);
        Files.writeString(fresh.resolve("postgresql.conf"), TUNING, StandardOpenOption.APPEND);
        Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    /** For the operator to change; what durability and access rest on is given at each start instead. */
    private static final String TUNING = """

            # Written once by Hongyan; yours to tune.
            shared_buffers = 256MB
            effective_cache_size = 1GB
            work_mem = 8MB
            maintenance_work_mem = 128MB
            max_connections = 60
            max_wal_size = 2GB
            checkpoint_timeout = 15min
            random_page_cost = 1.1
            # The queue is inserted into and deleted from all day: clean up early and in small steps.
            autovacuum_naptime = 15s
            autovacuum_vacuum_cost_limit = 2000
            timezone = UTC
            log_timezone = UTC
            logging_collector = on
            log_directory = log
            log_filename = 'postgresql-%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            log_min_duration_statement = 2s
            log_checkpoints = off
            """;

    private void requireSameMajorVersion() throws IOException {
        String made = Files.readString(cluster.resolve("PG_VERSION")).strip();
        String ours = output(binaries.program("postgres").toString(), "--version");
        if (!ours.contains(" " + made + ".")) {
            throw new StoreUnavailable("The database in " + cluster + " was made by PostgreSQL " + made
                    + " and this build carries " + ours + ": dump it with the old build and restore it with this one.");
        }
    }

    /**
     * Starts the server and waits until it takes connections.
     *
     * @return its process
     */
    ProcessHandle start(int port) throws IOException {
        stopOrphan();
        List<String> command = List.of(
                binaries.program("pg_ctl").toString(),
                "start",
                "--pgdata=" + cluster,
                "--log=" + home.resolve("start.log"),
                "--wait",
                "--timeout=" + START_LIMIT.toSeconds(),
                "--options=" + String.join(" ", promises(port)));
        Files.deleteIfExists(home.resolve("start.log"));
        long deadline = System.nanoTime() + ORPHAN_LIMIT.toNanos();
        while (true) {
            try {
                run(START_LIMIT.plusSeconds(5), command.toArray(String[]::new));
                return process().orElseThrow(() -> new IOException("PostgreSQL ended as soon as it had started"));
            } catch (IOException e) {
                String log = startLog();
                if (!log.contains("still in use") || System.nanoTime() > deadline) {
                    throw new IOException(e.getMessage() + "\n" + log, e);
                }
                // Processes of a killed server are still ending; PostgreSQL rightly refuses to start beside them.
                pause();
            }
        }
    }

    /** Options that no configuration file can undo. */
    private static List<String> promises(int port) {
        List<String> options = new ArrayList<>();
        options.add("-p " + port);
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "password_encryption=scram-sha-256",
                "fsync=on",
                "synchronous_commit=on",
                "full_page_writes=on")) {
            options.add("-c " + setting);
        }
        return options;
    }

    /** Stops the server: running statements are broken off, what was committed is safe. */
    void stop() throws IOException {
        if (process().isEmpty()) {
            return;
        }
        try {
            pgCtlStop("fast", STOP_LIMIT);
        } catch (IOException e) {
            LOG.warn(
                    "PostgreSQL did not stop within {}; it is stopped at once and recovers at its next start",
                    STOP_LIMIT,
                    e);
            pgCtlStop("immediate", Duration.ofSeconds(5));
        }
    }

    private void pgCtlStop(String mode, Duration limit) throws IOException {
        run(
                limit.plusSeconds(2),
                binaries.program("pg_ctl").toString(),
                "stop",
                "--pgdata=" + cluster,
                "--mode=" + mode,
                "--wait",
                "--timeout=" + limit.toSeconds());
    }

    /**
     * Deals with what {@code kill -9} left. We hold the lock of the data folder, so a server that runs on it belongs to
     * nobody any more. A process number that now names another program would keep PostgreSQL from starting for ever.
     */
    private void stopOrphan() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> named = named();
        if (named.isEmpty()) {
            return;
        }
        if (isAlive(named.get()) && isPostgres(named.get())) {
            LOG.info(
                    "Stopping PostgreSQL (process {}), left by a service that was killed",
                    named.get().pid());
            stop();
        } else if (noneWorksInCluster()) {
            LOG.info(
                    "Removing {}: process {} is not the server that wrote it",
                    pidFile,
                    named.get().pid());
            Files.deleteIfExists(pidFile);
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        // Where the command of the process cannot be seen, PostgreSQL's own check decides.
        return process.info()
                .command()
                .map(command -> command.endsWith("/postgres"))
                .orElse(true);
    }

    /**
     * Whether no process has the cluster as its working folder, as all of PostgreSQL's have. Without the pid file
     * PostgreSQL could not tell that some are left from a killed server, and would write beside them.
     */
    private boolean noneWorksInCluster() throws IOException {
        Path processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return false;
        }
        try (Stream<Path> all = Files.list(processes)) {
            return all.filter(
                            process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                    .noneMatch(this::worksInCluster);
        }
    }

    private boolean worksInCluster(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).equals(cluster);
        } catch (IOException e) {
            return false;
        }
    }

    /** The server's process, if it lives. */
    private Optional<ProcessHandle> process() throws IOException {
        return named().filter(PostgresCluster::isAlive);
    }

    /** The process that the pid file names, whatever became of it. */
    private Optional<ProcessHandle> named() throws IOException {
        Path pidFile = cluster.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        try {
            return ProcessHandle.of(Long.parseLong(first));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A zombie is dead: where no init collects it, it would look alive for ever. */
    private static boolean isAlive(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        Path state = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            String text = Files.exists(state) ? Files.readString(state, StandardCharsets.ISO_8859_1) : ") ?";
            // proc(5): "pid (command) state …", and the command may itself have brackets.
            return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the server's process lives. */
    boolean isRunning() {
        try {
            return process().isPresent();
        } catch (IOException e) {
            // The file was being replaced while we read it: the next look will tell.
            return true;
        }
    }

    private String startLog() throws IOException {
        StringBuilder text = new StringBuilder();
        Path start = home.resolve("start.log");
        if (Files.exists(start)) {
            text.append(Files.readString(start));
        }
        // The collector takes over from start.log as soon as it runs; the reason of a refusal is in the newest of its
        // files.
        Path log = cluster.resolve("log");
        if (Files.isDirectory(log)) {
            try (Stream<Path> files = Files.list(log)) {
                Optional<Path> newest =
                        files.max(Comparator.comparingLong(file -> file.toFile().lastModified()));
                if (newest.isPresent()) {
                    List<String> lines = Files.readAllLines(newest.get(), StandardCharsets.UTF_8);
                    text.append(String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size())));
                }
            }
        }
        return text.toString();
    }

    private void run(Duration limit, String... program) throws IOException {
        Path output = Files.createTempFile(home, "output-", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(identity.command(List.of(program)));
            builder.environment().put("LC_ALL", "C");
            builder.directory(home.toFile());
            // To a file and not a pipe: the server inherits it and would hold a pipe open for ever.
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended || process.exitValue() != 0) {
                process.destroy();
                throw new IOException(Path.of(program[0]).getFileName()
                        + (ended ? " failed: " : " took too long: ")
                        + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + program[0], e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static String output(String... program) throws IOException {
        Process process = new ProcessBuilder(program).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while PostgreSQL was starting", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
