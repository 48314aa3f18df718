/**
 * The only package that changes a session database.
 */
@NullMarked
package io.github.adkmigration.execute;

import org.jspecify.annotations.NullMarked;
