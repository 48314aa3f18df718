/**
 * The reviewed SQL of every changeset, with the names of a target filled in.
 */
@NullMarked
package io.github.adkmigration.changelog;

import org.jspecify.annotations.NullMarked;
