package org.hongyan.server.account;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in to the console; the principal of a session.
 *
 * @param accountId null for {@link Role#OPERATOR} and {@link Role#REVIEWER}
 * @param language {@code zh-CN} or {@code en}
 */
public record ConsoleUser(long id, @Nullable AccountId accountId, String loginName, Role role, String language) {}
