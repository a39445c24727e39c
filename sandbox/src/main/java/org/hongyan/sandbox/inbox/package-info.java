/**
 * What the pretend mailbox providers accepted: raw bytes, envelope and verdicts, kept in a folder, listed newest first.
 * {@link org.hongyan.sandbox.inbox.Inbox} is the entry. It stores what it is given and changes nothing in it; who is
 * let in is the providers' business.
 */
@NullMarked
package org.hongyan.sandbox.inbox;

import org.jspecify.annotations.NullMarked;
