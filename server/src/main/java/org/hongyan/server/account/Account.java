package org.hongyan.server.account;

import java.time.Instant;

/**
 * A tenant.
 *
 * @param name for people, not unique
 * @param ownContentAllowed whether the API's own content (without template) is allowed
 */
public record Account(AccountId id, String name, AccountState state, boolean ownContentAllowed, Instant createdAt) {}
