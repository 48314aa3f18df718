/**
 * Says nothing of null.
 */
package io.github.adkmigration.unmarked;
