@NullMarked
package io.github.adkmigration.history;

import org.jspecify.annotations.NullMarked;
