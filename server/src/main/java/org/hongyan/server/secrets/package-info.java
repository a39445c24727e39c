/**
 * Encryption at rest of what must be readable again: API secret keys, DKIM private keys, ID numbers. Every registry may
 * call {@link org.hongyan.server.secrets.Secrets}. The master key lies in a file outside of the database, so that a copy
 * of the database alone gives nothing away.
 *
 * <p>This room must never know what a secret is for. It owns the table {@code secrets_check}.
 */
@NullMarked
package org.hongyan.server.secrets;

import org.jspecify.annotations.NullMarked;
