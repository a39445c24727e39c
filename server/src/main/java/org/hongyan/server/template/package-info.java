/**
 * Registry of templates: versions, review, rendering. Tables template_*. It knows content, not recipients.
 */
@NullMarked
package org.hongyan.server.template;

import org.jspecify.annotations.NullMarked;
