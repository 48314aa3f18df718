/**
 * Tests of the corpus: the pickles are what they say, and volume comes quickly.
 */
@NullMarked
package io.github.adkmigration.test.corpus;

import org.jspecify.annotations.NullMarked;
