package io.github.adkmigration.report;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A block of labelled entries between rules, for a console or a log: aligned, at most
 * {@value #WIDTH} columns, no colours and no trailing line break.
 *
 * @since 0.1.0
 */
public final class TextBlock {

	/** Columns of the widest line. */
	public static final int WIDTH = 100;

	private static final String RULE = "-".repeat(WIDTH);

	private static final int INDENT = 12;

	private final List<String> lines = new ArrayList<>();

	private TextBlock() {
	}

	/**
	 * Begin a block.
	 * @param state the most important in a few words, on the left
	 * @param detail what it is about, on the right
	 * @return the block
	 */
	public static TextBlock titled(String state, String detail) {
		TextBlock block = new TextBlock();
		block.lines.add(RULE);
		String title = " ADK session tables: " + state;
		int gap = WIDTH - 1 - title.length() - detail.length();
		block.lines.add(gap < 1 || detail.isEmpty() ? title : title + " ".repeat(gap) + detail);
		block.lines.add(RULE);
		return block;
	}

	/**
	 * Add an entry of one text.
	 * @param label a short word
	 * @param value the text, or {@code null} for no entry
	 * @return this block
	 */
	public TextBlock entry(String label, @Nullable String value) {
		return value == null ? this : entry(label, List.of(value));
	}

	/**
	 * Add an entry of several texts, each on lines of its own.
	 * @param label a short word
	 * @param values the texts, none for no entry
	 * @return this block
	 */
	public TextBlock entry(String label, List<String> values) {
		String margin = " " + label;
		for (String value : values) {
			for (String line : wrap(value, WIDTH - INDENT - 1)) {
				this.lines.add(margin + " ".repeat(INDENT - margin.length()) + line);
				margin = "";
			}
		}
		return this;
	}

	/**
	 * End the block.
	 * @return its lines
	 */
	public String end() {
		this.lines.add(RULE);
		return String.join("\n", this.lines);
	}

	/**
	 * Break a text between words, or within a word that is too long for a line. A text
	 * that begins with blanks or holds several of them is aligned by its author and keeps
	 * them where it fits.
	 */
	private static List<String> wrap(String text, int width) {
		List<String> wrapped = new ArrayList<>();
		String rest = text.replace('\n', ' ').stripTrailing();
		while (rest.length() > width) {
			int blank = rest.lastIndexOf(' ', width);
			int end = rest.substring(0, Math.max(blank, 0)).isBlank() ? width : blank;
			wrapped.add(rest.substring(0, end).stripTrailing());
			rest = rest.substring(end).strip();
		}
		wrapped.add(rest);
		return wrapped;
	}

}
