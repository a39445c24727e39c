/**
 * The one gate: every mail of every door passes SubmissionService.accept, which checks, commits in groups and
 * answers. It reads no other room's table and opens no socket.
 */
@NullMarked
package org.hongyan.server.submission;

import org.jspecify.annotations.NullMarked;
