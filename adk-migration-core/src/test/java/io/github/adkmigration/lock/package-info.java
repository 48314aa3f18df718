@NullMarked
package io.github.adkmigration.lock;

import org.jspecify.annotations.NullMarked;
