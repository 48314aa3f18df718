package io.github.adkmigration.test.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import io.github.adkmigration.test.database.TestDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements, each call on a connection of its own unless it is given one.
 */
final class Sql {

	private Sql() {
	}

	static void execute(TestDatabase database, String... statements) throws SQLException {
		try (Connection connection = database.connection(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	static @Nullable String text(Connection connection, String query) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
			row.next();
			return row.getString(1);
		}
	}

	static int update(TestDatabase database, String sql, @Nullable Object... values) throws SQLException {
		try (Connection connection = database.connection();
				PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < values.length; i++) {
				statement.setObject(i + 1, values[i]);
			}
			return statement.executeUpdate();
		}
	}

	static long number(TestDatabase database, String query) throws SQLException {
		return Long.parseLong(String.valueOf(column(database, query).get(0)));
	}

	static @Nullable String text(TestDatabase database, String query) throws SQLException {
		return column(database, query).get(0);
	}

	static List<@Nullable String> column(TestDatabase database, String query) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			List<@Nullable String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
	}

	static byte[] bytes(TestDatabase database, String query) throws SQLException {
		try (Connection connection = database.connection();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			rows.next();
			return rows.getBytes(1);
		}
	}

}
