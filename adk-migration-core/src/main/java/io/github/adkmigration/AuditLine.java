package io.github.adkmigration;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A line of {@code key=value} pairs, as logfmt has them, which people and programs read.
 */
final class AuditLine {

	private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._:/@+-]+");

	private final StringBuilder line = new StringBuilder();

	/**
	 * Add a pair.
	 * @param value left out if {@code null}
	 */
	AuditLine add(String key, @Nullable Object value) {
		if (value != null) {
			this.line.append(this.line.isEmpty() ? "" : " ").append(key).append('=').append(quoted(value.toString()));
		}
		return this;
	}

	private static String quoted(String text) {
		if (PLAIN.matcher(text).matches()) {
			return text;
		}
		StringBuilder quoted = new StringBuilder("\"");
		text.codePoints().forEach((point) -> {
			if (point == '"' || point == '\\') {
				quoted.append('\\');
			}
			// Nobody may write a second line by what he calls himself.
			quoted.appendCodePoint(Character.isISOControl(point) ? ' ' : point);
		});
		return quoted.append('"').toString();
	}

	@Override
	public String toString() {
		return this.line.toString();
	}

}
