/**
 * Pickles by a real CPython with what the same release makes of them, hostile ones, and
 * databases filled with them at volume.
 */
@NullMarked
package io.github.adkmigration.test.corpus;

import org.jspecify.annotations.NullMarked;
