/**
 * What every HTTP request passes before it reaches a door: who is signed in, what the path asks for, forged-request
 * protection, security headers. No room calls it; it knows the account room and the paths of the doors, never what they
 * do there. It owns no table.
 */
@NullMarked
package org.hongyan.server.web;

import org.jspecify.annotations.NullMarked;
