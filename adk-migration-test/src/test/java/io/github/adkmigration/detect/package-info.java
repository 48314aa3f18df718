/**
 * Recognition, held against every layout and every real database there is.
 */
@NullMarked
package io.github.adkmigration.detect;

import org.jspecify.annotations.NullMarked;
