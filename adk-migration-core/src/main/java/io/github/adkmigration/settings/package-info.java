/**
 * What a migration may do and how: validated, immutable settings.
 */
@NullMarked
package io.github.adkmigration.settings;

import org.jspecify.annotations.NullMarked;
