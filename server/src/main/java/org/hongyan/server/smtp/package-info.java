/**
 * Door: message submission (RFC 6409), for mail clients, frameworks and machines. It signs clients in as a sender
 * address, turns their messages into submissions, and words every refusal as an SMTP reply. The protocol itself is the
 * engine's ({@code org.hongyan.mail.smtp}). It knows no other door and no SQL, and owns no table.
 */
@NullMarked
package org.hongyan.server.smtp;

import org.jspecify.annotations.NullMarked;
