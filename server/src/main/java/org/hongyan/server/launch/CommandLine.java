package org.hongyan.server.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the words of the command line. A flag is a short way to give a setting; the last of two that give the same one
 * counts, so that {@code --set} can be added to a line that has everything else.
 */
final class CommandLine {

    /** Flags that stand for a setting. */
    private static final Map<String, String> FLAGS = Map.of(
            "--data", "store.folder",
            "--http", "web.port",
            "--smtp", "smtp.submission-port",
            "--smtps", "smtp.submissions-port",
            "--bounce", "feedback.port",
            "--dns", "sandbox.dns-port");

    private static final Set<String> PORTS = Set.of("--http", "--smtp", "--smtps", "--bounce", "--dns");

    private CommandLine() {}

    static Command parse(List<String> words) {
        if (words.isEmpty()) {
            return new Command.Help();
        }
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "sandbox" -> run(Command.Mode.SANDBOX, rest);
            case "serve" -> run(Command.Mode.SERVE, rest);
            case "help", "--help", "-h" -> new Command.Help();
            case "version", "--version" -> new Command.Version();
            default -> new Command.UseTool(words.getFirst(), rest);
        };
    }

    private static Command run(Command.Mode mode, List<String> words) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--help") || word.equals("-h")) {
                return new Command.Help();
            }
            int equals = word.indexOf('=');
            String flag = equals < 0 ? word : word.substring(0, equals);
            if (!FLAGS.containsKey(flag) && !flag.equals("--set") && !flag.equals("--settings")) {
                return new Command.Mistake("There is no flag " + flag + ".");
            }
            if (flag.equals("--dns") && mode == Command.Mode.SERVE) {
                return new Command.Mistake(
                        "The flag --dns is the sandbox's; serve asks the DNS server of dns.servers.");
            }
            String value;
            if (equals >= 0) {
                value = word.substring(equals + 1);
            } else if (i + 1 < words.size()) {
                i++;
                value = words.get(i);
            } else {
                return new Command.Mistake("The flag " + flag + " needs a value.");
            }
            String problem = put(flag, value, settings);
            if (!problem.isEmpty()) {
                return new Command.Mistake(problem);
            }
        }
        return new Command.Run(mode, settings);
    }

    /** Adds what a flag says; returns what is wrong with it, or nothing. */
    private static String put(String flag, String value, Map<String, String> settings) {
        if (flag.equals("--set")) {
            return putLine(value, "--set " + value, settings);
        }
        if (flag.equals("--settings")) {
            return putFile(Path.of(value), settings);
        }
        if (PORTS.contains(flag) && !isPort(value)) {
            return "The flag " + flag + " needs a port from 0 to 65535 and has " + value + ".";
        }
        if (flag.equals("--data")) {
            settings.put(
                    "store.folder", Path.of(value).toAbsolutePath().normalize().toString());
        } else {
            settings.put(String.valueOf(FLAGS.get(flag)), value);
        }
        return "";
    }

    private static String putLine(String line, String origin, Map<String, String> settings) {
        int equals = line.indexOf('=');
        if (equals <= 0) {
            return origin + " is not of the form name=value.";
        }
        String name = line.substring(0, equals).strip();
        settings.put(
                name.startsWith("hongyan.") ? name.substring("hongyan.".length()) : name,
                line.substring(equals + 1).strip());
        return "";
    }

    private static String putFile(Path file, Map<String, String> settings) {
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (line.isBlank() || line.strip().startsWith("#")) {
                    continue;
                }
                String problem = putLine(line, "Line " + number + " of " + file, settings);
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
            return "";
        } catch (IOException e) {
            return "The settings file " + file + " cannot be read.";
        }
    }

    private static boolean isPort(String value) {
        try {
            int port = Integer.parseInt(value);
            return port >= 0 && port <= 65535;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
