/**
 * Registry of accounts, console users, API keys and the audit trail. Tables account_*. Anybody may ask who an
 * account is; it knows nothing of mail.
 */
@NullMarked
package org.hongyan.server.account;

import org.jspecify.annotations.NullMarked;
