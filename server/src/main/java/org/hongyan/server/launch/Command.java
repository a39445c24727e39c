package org.hongyan.server.launch;

import java.util.List;
import java.util.Map;

/** What the command line asks for. */
sealed interface Command {

    /** Runs the service. */
    record Run(Mode mode, Map<String, String> settings) implements Command {
        public Run {
            settings = Map.copyOf(settings);
        }
    }

    /** How the service runs. */
    enum Mode {
        /** With the pretend internet around it. */
        SANDBOX,
        /** On the real one. */
        SERVE
    }

    /** Explains the commands. */
    record Help() implements Command {}

    /** Tells the version. */
    record Version() implements Command {}

    /** Runs a tool. */
    record UseTool(String name, List<String> arguments) implements Command {
        public UseTool {
            arguments = List.copyOf(arguments);
        }
    }

    /** Makes no sense, and why. */
    record Mistake(String problem) implements Command {}
}
