/**
 * The content policy (product rule 2, 允许发送的邮件类型): pure rules over content, each finding with rule, place and
 * matched text. The template room screens with it, submission holds free content against it. It fetches nothing, knows
 * neither senders nor recipients, and owns no table. The rules are in {@code PolicyRule}, their words for people in the
 * bundles {@code i18n/policy/messages*}.
 */
@NullMarked
package org.hongyan.server.policy;

import org.jspecify.annotations.NullMarked;
