package org.hongyan.server.console;

import org.hongyan.server.account.AccountId;
import org.hongyan.server.account.ConsoleUser;
import org.hongyan.server.account.Role;

/** Somebody signed in who works in an account; what the pages of members are given. */
record Member(ConsoleUser user, AccountId account) {

    /** Whether members and keys are theirs to change. */
    boolean isOwner() {
        return user.role() == Role.OWNER;
    }
}
