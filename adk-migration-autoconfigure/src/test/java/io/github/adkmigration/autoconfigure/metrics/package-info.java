@NullMarked
package io.github.adkmigration.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
