/** Tests of the console: texts, figures, pages over real HTTP, and one story in a browser. */
@NullMarked
package org.hongyan.server.console;

import org.jspecify.annotations.NullMarked;
