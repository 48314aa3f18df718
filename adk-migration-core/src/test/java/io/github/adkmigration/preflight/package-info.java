@NullMarked
package io.github.adkmigration.preflight;

import org.jspecify.annotations.NullMarked;
