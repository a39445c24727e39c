package org.hongyan.server.console;

import java.util.List;
import org.hongyan.server.account.ConsoleUser;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param language BCP 47 tag for {@code <html lang>}
 * @param path of this page, without the query
 * @param switchLanguage this page in the other language, ending in {@code lang=}
 * @param user null for a stranger
 * @param account name of the account, or empty
 * @param operatorSide whether the operator's hat is on: an ochre line on top
 */
record Frame(
        String language,
        String path,
        String switchLanguage,
        @Nullable ConsoleUser user,
        String account,
        boolean operatorSide,
        boolean sandbox,
        List<Navigation.Group> groups) {

    public boolean chinese() {
        return language.startsWith("zh");
    }
}
