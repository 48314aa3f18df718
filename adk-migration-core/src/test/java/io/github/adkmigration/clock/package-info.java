@NullMarked
package io.github.adkmigration.clock;

import org.jspecify.annotations.NullMarked;
