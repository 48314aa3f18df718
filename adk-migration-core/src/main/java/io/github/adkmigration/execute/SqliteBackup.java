package io.github.adkmigration.execute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

import io.github.adkmigration.catalog.SqlitePages;
import io.github.adkmigration.failure.MigrationErrorCode;
import io.github.adkmigration.failure.MigrationException;
import io.github.adkmigration.preflight.BackupRefusal;
import io.github.adkmigration.report.Backup;
import io.github.adkmigration.report.PreflightFinding;
import org.jspecify.annotations.Nullable;

/**
 * Copies a SQLite database to a file beside it, what stands in its write-ahead log
 * included, and looks whether the copy is whole before it gets its name. The name holds
 * the time in UTC, so that backups sort by age, and is never used twice.
 *
 * @since 0.1.0
 */
public final class SqliteBackup {

	/** What the name of every backup ends in. */
	public static final String SUFFIX = ".adk-backup";

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private final Path database;

	private final Path unfinished;

	/**
	 * Create the backup of a database.
	 * @param database its file
	 * @param prefix what tells targets in one file apart
	 */
	public SqliteBackup(Path database, String prefix) {
		this.database = database;
		this.unfinished = database.resolveSibling(database.getFileName() + "." + prefix + "unfinished" + SUFFIX);
	}

	/**
	 * Find a backup by its name.
	 * @param name what a run has recorded
	 * @return the backup unless somebody has moved or deleted it
	 */
	public Optional<Backup> find(String name) {
		Path file = this.database.resolveSibling(name);
		try {
			return Files.isRegularFile(file) ? Optional.of(new Backup(name, Files.size(file))) : Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Make the backup.
	 * @param connection a connection to the database in auto-commit mode
	 * @return the backup
	 * @throws MigrationException with {@code REFUSED} if it cannot be made, in which case
	 * nothing was changed
	 */
	public Backup write(Connection connection) {
		try {
			Files.deleteIfExists(this.unfinished);
			checkRoom(connection);
			copy(connection);
			checkCopy(connection);
			Path file = this.database
				.resolveSibling(this.database.getFileName() + "." + TIME.format(Instant.now()) + SUFFIX);
			Files.move(this.unfinished, file);
			return new Backup(String.valueOf(file.getFileName()), Files.size(file));
		}
		catch (IOException | SQLException ex) {
			throw refused(reason(ex), ex);
		}
		finally {
			deleteUnfinished();
		}
	}

	private void checkRoom(Connection connection) throws SQLException, IOException {
		long needed = SqlitePages.read(connection).used();
		long usable = Files.getFileStore(this.database).getUsableSpace();
		if (usable < needed) {
			throw refused("it needs " + needed + " bytes and the disk has " + usable, null);
		}
	}

	private void copy(Connection connection) throws SQLException {
		try (PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
			vacuum.setString(1, this.unfinished.toString());
			vacuum.execute();
		}
	}

	private void checkCopy(Connection connection) throws SQLException {
		try (PreparedStatement attach = connection.prepareStatement("ATTACH DATABASE ? AS adk_backup")) {
			attach.setString(1, this.unfinished.toString());
			attach.execute();
		}
		try (Statement statement = connection.createStatement()) {
			try (ResultSet row = statement.executeQuery("PRAGMA adk_backup.quick_check(1)")) {
				if (!row.next() || !row.getString(1).equals("ok")) {
					throw refused("what was written is not a sound database", null);
				}
			}
		}
		finally {
			try (Statement statement = connection.createStatement()) {
				statement.execute("DETACH DATABASE adk_backup");
			}
		}
	}

	private void deleteUnfinished() {
		try {
			Files.deleteIfExists(this.unfinished);
		}
		catch (IOException ex) {
			// The next run tries again before it writes.
			return;
		}
	}

	private static String reason(Exception ex) {
		String line = String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
		return ex instanceof SQLException ? line : ex.getClass().getSimpleName();
	}

	private MigrationException refused(String reason, @Nullable Throwable cause) {
		PreflightFinding finding = BackupRefusal.of(String.valueOf(this.database.getFileName()), reason);
		return new MigrationException(MigrationErrorCode.REFUSED, finding.fact(), finding.nextStep(), cause);
	}

}
