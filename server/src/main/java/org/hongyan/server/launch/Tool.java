package org.hongyan.server.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * A subcommand that answers and ends, without Spring and without a database. A room offers one by a line in {@code
 * META-INF/services/org.hongyan.server.launch.Tool}; the class has a public constructor without parameters.
 */
public interface Tool {

    /** The word after {@code bin/hongyan}. */
    String name();

    /** One line for {@code bin/hongyan help}. */
    String summary();

    /**
     * Does the work.
     *
     * @param arguments what follows the name
     * @return the exit code: 0 for done, 1 for a negative answer, 2 for wrong use
     */
    int run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) throws IOException;
}
