@NullMarked
package io.github.adkmigration.convert;

import org.jspecify.annotations.NullMarked;
