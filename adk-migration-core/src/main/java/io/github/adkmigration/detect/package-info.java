/**
 * Says what the tables of a target are, from the catalog, the version row and a small
 * sample of rows, and how far they are from the newest schema. Nothing here writes.
 */
@NullMarked
package io.github.adkmigration.detect;

import org.jspecify.annotations.NullMarked;
