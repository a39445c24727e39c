/**
 * What comes back after the conversation: delivery status notifications (RFC 3464), feedback reports (RFC 5965),
 * and the sorting of replies into categories with the party to blame.
 */
@NullMarked
package org.hongyan.mail.report;

import org.jspecify.annotations.NullMarked;
