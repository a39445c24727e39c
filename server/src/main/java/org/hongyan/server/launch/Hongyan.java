package org.hongyan.server.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The program: {@code bin/hongyan} runs this. */
public final class Hongyan {

    /** Wrong use, as distinct from a start that failed. */
    private static final int WRONG_USE = 2;

    private Hongyan() {}

    /** Does what the command line says and exits, unless the service was started: that ends by a signal. */
    public static void main(String[] words) throws IOException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        int code = switch (CommandLine.parse(List.of(words))) {
            case Command.Run run -> ServiceStart.start(run, out, err);
            case Command.Help() -> {
                out.print(help());
                yield 0;
            }
            case Command.Version() -> {
                out.println("Hongyan " + version());
                yield 0;
            }
            case Command.UseTool(String name, List<String> arguments) -> {
                Optional<Tool> tool = tools().stream()
                        .filter(known -> known.name().equals(name))
                        .findFirst();
                if (tool.isEmpty()) {
                    err.println("hongyan: there is no command " + name + ".\n");
                    err.print(help());
                    yield WRONG_USE;
                }
                yield tool.get().run(arguments, System.in, out, err);
            }
            case Command.Mistake(String problem) -> {
                err.println("hongyan: " + problem + " See bin/hongyan help.");
                yield WRONG_USE;
            }
        };
        out.flush();
        if (code != 0) {
            System.exit(code);
        }
    }

    private static List<Tool> tools() {
        return ServiceLoader.load(Tool.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Tool::name))
                .toList();
    }

    static String version() {
        return Optional.ofNullable(Hongyan.class.getPackage().getImplementationVersion())
                .orElse("(unpacked)");
    }

    private static String help() {
        StringBuilder text = new StringBuilder("""
                Hongyan 鸿雁, a self-hosted email push service.

                  bin/hongyan sandbox   runs the whole service with a pretend internet around it
                  bin/hongyan serve     runs the service
                  bin/hongyan help      prints this
                  bin/hongyan version   prints the version
                """);
        for (Tool tool : tools()) {
            text.append("  bin/hongyan ")
                    .append(String.format("%-9s", tool.name()))
                    .append(' ')
                    .append(tool.summary())
                    .append('\n');
        }
        return text.append("""

                        sandbox and serve take
                          --data DIR         the data folder                      (data)
                          --http PORT        console and API                      (8080)
                          --smtp PORT        submission with STARTTLS             (2587)
                          --smtps PORT       submission with TLS                  (2465)
                          --bounce PORT      where delivery reports come back     (2525)
                          --dns PORT         the sandbox's DNS                    (5354)
                          --set NAME=VALUE   any setting of docs/settings.md; may be repeated
                          --settings FILE    a file of such lines

                        All listen on 127.0.0.1 unless a setting says otherwise. Ctrl-C stops.
                        """).toString();
    }
}
