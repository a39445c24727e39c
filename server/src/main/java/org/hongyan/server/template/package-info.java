/**
 * Registry of templates: versions, screening, review, rendering (product rule 2). Submission asks for the approved
 * version, delivery for the pinned one, the doors for all of it. It knows content, never recipients, and sends nothing.
 * Tables template_*.
 */
@NullMarked
package org.hongyan.server.template;

import org.jspecify.annotations.NullMarked;
