package io.github.adkmigration.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * A column of JSON in the form in which a driver hands it over. It becomes the other form
 * when somebody asks for that, since for rows that are only copied neither is cheap.
 *
 * @since 0.1.0
 */
public final class JsonColumn {

	private byte @Nullable [] utf8;

	private @Nullable String text;

	private JsonColumn(byte @Nullable [] utf8, @Nullable String text) {
		this.utf8 = utf8;
		this.text = text;
	}

	/**
	 * Take a text.
	 * @param text the column
	 * @return the same as JSON
	 */
	public static JsonColumn of(String text) {
		return new JsonColumn(null, text);
	}

	/**
	 * Take bytes.
	 * @param utf8 the column in UTF-8, not to be changed any more
	 * @return the same as JSON
	 */
	public static JsonColumn ofUtf8(byte[] utf8) {
		return new JsonColumn(utf8, null);
	}

	/**
	 * Return how long it is, in the unit of its form.
	 * @return bytes or characters
	 */
	public int length() {
		byte[] bytes = this.utf8;
		return bytes != null ? bytes.length : text().length();
	}

	/**
	 * Return the column in UTF-8.
	 * @return its bytes, not to be changed
	 */
	public byte[] utf8() {
		byte[] bytes = this.utf8;
		if (bytes == null) {
			bytes = text().getBytes(StandardCharsets.UTF_8);
			this.utf8 = bytes;
		}
		return bytes;
	}

	/**
	 * Return the column as a text.
	 * @return the text
	 * @throws UnconvertibleEventException if the bytes are not UTF-8
	 */
	public String text() {
		String characters = this.text;
		if (characters == null) {
			characters = decoded(utf8());
			this.text = characters;
		}
		return characters;
	}

	private static String decoded(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new UnconvertibleEventException(UnconvertibleReason.BROKEN_JSON, "The column holds no UTF-8.");
		}
	}

	/**
	 * Return whether encoding it has lost characters that are none.
	 */
	boolean hasLoneSurrogate() {
		String characters = this.text;
		for (int i = 0; characters != null && i < characters.length(); i++) {
			char unit = characters.charAt(i);
			if (Character.isSurrogate(unit)) {
				if (Character.isLowSurrogate(unit) || i + 1 == characters.length()
						|| !Character.isLowSurrogate(characters.charAt(i + 1))) {
					return true;
				}
				i++;
			}
		}
		return false;
	}

}
