/**
 * What differs between the supported databases, as facts.
 */
@NullMarked
package io.github.adkmigration.dialect;

import org.jspecify.annotations.NullMarked;
