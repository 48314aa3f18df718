package io.github.adkmigration.changelog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.github.adkmigration.dialect.DatabaseDialect;
import io.github.adkmigration.schema.SessionTables;

/**
 * The statements that create our own tables, each without effect where its table exists.
 *
 * @since 0.1.0
 */
public final class BookkeepingDdl {

	private BookkeepingDdl() {
	}

	/**
	 * Return the statements of a dialect.
	 * @param dialect the dialect
	 * @param tables the names of the target
	 * @return statements in order
	 */
	public static List<String> statements(DatabaseDialect dialect, SessionTables tables) {
		String file = "/io/github/adkmigration/history/"
				+ (dialect.mysqlFamily() ? DatabaseDialect.MYSQL : dialect).id() + ".sql";
		TargetNames names = new TargetNames(dialect, tables, "", Map.of());
		return Arrays.stream(load(file).split(";")).map(String::strip).map(names::fill).toList();
	}

	private static String load(String file) {
		try (InputStream in = BookkeepingDdl.class.getResourceAsStream(file)) {
			if (in == null) {
				throw new IllegalStateException("The file " + file + " is missing from the jar");
			}
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
