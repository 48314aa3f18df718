package io.github.adkmigration.report;

import org.jspecify.annotations.Nullable;

/**
 * What became of locks that a dead process may have left.
 *
 * @param released whether something was released
 * @param holder who had it, or {@code null} where nobody is known
 * @param text the same for people
 * @since 0.1.0
 */
public record UnlockReport(boolean released, @Nullable String holder, String text) {
}
